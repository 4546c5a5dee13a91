"""Lists what the Python package phone knows of mainland China, from a table that its authors collected themselves.

landlines            prints area code, province and city, separated by tabs; several lines where cities share a code
mobiles SEED COUNT   prints random mobile prefixes of seven digits in the same way, but for virtual operators'
"""

import random
import struct
import sys

from phone import Phone
from phone.phone import get_record_content

table = Phone()
sys.stdout.reconfigure(encoding="utf-8")


def record(position):
    offset = table.first_phone_record_offset + position * table.phone_fmt_length
    prefix, start, carrier = struct.unpack(table.phone_fmt, table.buf[offset:offset + table.phone_fmt_length])
    province, city, _, area = get_record_content(table.buf, start).split("|")
    return prefix, province, city, area, carrier


if sys.argv[1] == "landlines":
    areas = {record(position)[1:4] for position in range(table.phone_record_count)}
    for province, city, area in sorted(areas):
        print(area, province, city, sep="\t")
else:
    chance = random.Random(int(sys.argv[2]))
    count = int(sys.argv[3])
    while count > 0:
        prefix, province, city, _, carrier = record(chance.randrange(table.phone_record_count))
        if carrier in (1, 2, 3):
            print(prefix, province, city, sep="\t")
            count -= 1
