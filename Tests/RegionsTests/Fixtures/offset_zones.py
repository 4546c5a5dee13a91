"""Prints how far clocks are from UTC, by Python's zoneinfo with the data of the package tzdata.

SEED COUNT ZONE...   prints COUNT random instants from 1970 to 2037 for each zone: zone, seconds since 1970, offset
"""

import random
import sys
import zoneinfo
from datetime import datetime, timezone

# The package's data only: the system's may be of any year.
zoneinfo.reset_tzpath(to=[])

generator = random.Random(int(sys.argv[1]))
for name in sys.argv[3:]:
    zone = zoneinfo.ZoneInfo(name)
    for _ in range(int(sys.argv[2])):
        # Up to the end of 2037, where the data's list of changes ends and other programs may differ in going on.
        instant = generator.randrange(0, 2_145_916_800)
        offset = datetime.fromtimestamp(instant, timezone.utc).astimezone(zone).utcoffset()
        print(name, instant, int(offset.total_seconds()), sep="\t")
