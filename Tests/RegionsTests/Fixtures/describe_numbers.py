"""Describes telephone numbers with the Python package phonenumbers, a port of libphonenumber with data of its own.

generate SEED COUNT FILE   writes random valid numbers of all countries, China and North America more often than others
describe FILE              prints number, country, kind, area and time zones, separated by tabs
time FILE                  prints how many numbers are described in a second
"""

import random
import sys
import time

import phonenumbers as p
from phonenumbers import geocoder, timezone
from phonenumbers.geodata import GEOCODE_DATA

KINDS = {
    0: "landline", 1: "mobile", 2: "fixed_or_mobile", 3: "toll_free", 4: "premium", 5: "other", 6: "voip",
    7: "other", 8: "other", 9: "other", 10: "other", 99: "unknown",
}


def generate(seed, count, path):
    chance = random.Random(seed)
    by_code = {}
    for prefix in sorted(GEOCODE_DATA):
        for length in (1, 2, 3):
            if int(prefix[:length]) in p.COUNTRY_CODE_TO_REGION_CODE:
                by_code.setdefault(int(prefix[:length]), []).append(prefix)
    countries = sorted(p.SUPPORTED_REGIONS) + ["CN"] * 60 + ["US"] * 40 + ["CA"] * 10 + ["GB", "DE", "AU", "RU"] * 5
    with open(path, "w") as file:
        while count > 0:
            number = draw(chance, chance.choice(countries), by_code)
            if number:
                file.write(number + "\n")
                count -= 1


def draw(chance, country, by_code):
    """One number whose form is that of an example or whose beginning is that of an area; None if it is not valid."""
    code = p.country_code_for_region(country)
    if chance.random() < 0.6 and code in by_code:
        start = chance.choice(by_code[code])
        example = p.example_number_for_type(country, chance.choice([0, 1, 1, 2]))
        length = len(p.format_number(example, 0)) - 1 if example else 0
        text = start + "".join(chance.choice("0123456789") for _ in range(length - len(start)))
    else:
        example = p.example_number_for_type(country, chance.choice([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 10]))
        if example is None:
            return None
        text = p.format_number(example, 0)[1:]
        kept = len(text) - chance.randint(2, len(text) - len(str(code)))
        text = text[:kept] + "".join(chance.choice("0123456789") for _ in text[kept:])
    try:
        number = p.parse("+" + text)
    except p.NumberParseException:
        return None
    return p.format_number(number, 0) if p.is_valid_number(number) else None


def country_of(number, kind):
    if kind in (0, 1, 2):
        return (p.region_code_for_number(number) or "").replace("001", "")
    countries = p.region_codes_for_country_code(number.country_code)
    if len(countries) > 1:
        countries = [c for c in countries if p.is_valid_number_for_region(number, c)]
    return countries[0] if len(countries) == 1 and countries[0] != "001" else ""


def describe(text):
    number = p.parse(text)
    kind = p.number_type(number)
    language = "zh" if number.country_code == 86 else "en"
    area = geocoder.description_for_number(number, language)
    if area == geocoder.country_name_for_number(number, language):
        area = ""
    zones = [zone for zone in timezone.time_zones_for_number(number) if zone != "Etc/Unknown"]
    return "\t".join([text, country_of(number, kind), KINDS[kind], area, " ".join(sorted(zones))])


def main(command, *arguments):
    if command == "generate":
        generate(int(arguments[0]), int(arguments[1]), arguments[2])
        return
    with open(arguments[0]) as file:
        numbers = file.read().split()
    if command == "describe":
        sys.stdout.reconfigure(encoding="utf-8")
        for text in numbers:
            print(describe(text))
    elif command == "time":
        describe(numbers[0])
        start = time.perf_counter()
        for text in numbers:
            describe(text)
        print(round(len(numbers) / (time.perf_counter() - start)))


main(*sys.argv[1:])
