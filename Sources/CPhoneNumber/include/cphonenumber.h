// What we ask of libphonenumber, as plain C: its C++ headers cannot be imported into Swift.

#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Whether a text could be split into a country code and a national number.
enum cpn_parsing {
    cpn_parsed = 0,
    cpn_no_such_country_code = 1,
    cpn_not_a_number = 2,
    cpn_parsed_too_short = 3,
    cpn_parsed_too_long = 4,
};

// Whether a number's length occurs in its country.
enum cpn_length {
    cpn_length_possible = 0,
    cpn_length_local_only = 1,
    cpn_length_too_short = 2,
    cpn_length_too_long = 3,
    cpn_length_invalid = 4,
};

// What a valid number is for.
enum cpn_kind {
    cpn_kind_unknown = 0,
    cpn_kind_ordinary = 1,
    cpn_kind_toll_free = 2,
    cpn_kind_premium_rate = 3,
    cpn_kind_shared_cost = 4,
    cpn_kind_personal = 5,
    cpn_kind_pager = 6,
    cpn_kind_voicemail = 7,
};

// What kind of line a number reaches.
enum cpn_line {
    cpn_line_unknown = 0,
    cpn_line_mobile = 1,
    cpn_line_fixed = 2,
    cpn_line_fixed_or_mobile = 3,
    cpn_line_toll_free = 4,
    cpn_line_premium_rate = 5,
    cpn_line_voip = 6,
    cpn_line_other = 7,
};

// What the library makes of a text. Only `parsing` is meaningful when it is not cpn_parsed.
struct cpn_number {
    enum cpn_parsing parsing;
    enum cpn_length length;
    enum cpn_kind kind;
    int32_t country_code;
    // Zeros before the national number that belong to it, as in Italy.
    int32_t leading_zeros;
    bool valid;
    uint64_t national_number;
};

// Reads digits, with a leading '+' for an international number; `country` is an ISO code, or "" for none.
struct cpn_number cpn_read(const char *text, const char *country);

// Where a number belongs.
struct cpn_place {
    enum cpn_parsing parsing;
    enum cpn_length length;
    enum cpn_line line;
    bool valid;
    // Whether numbers of its kind are bound to a place; mobile numbers are, in some countries.
    bool geographical;
    int32_t country_code;
    // Zeros before the national number that belong to it, as in Italy.
    int32_t leading_zeros;
    uint64_t national_number;
    // An ISO country code, "" for a service of several countries and for what belongs to none.
    char country[4];
    // What the library takes for the number's region: a country, "001" for the whole world, "ZZ" for none.
    char region[4];
};

// Finds the place of a number in E.164 form; with `trusted`, it is bound to an area even if the library takes it for invalid.
struct cpn_place cpn_describe(const char *e164, bool trusted);

// Writes the name of a number's area into `area`, "" if it is known no better than by its region, which `cpn_describe`
// names. The name is in `language`, an ISO code; it is cut off if `capacity` bytes cannot hold it.
void cpn_area(
    int32_t country_code, uint64_t national_number, int32_t leading_zeros, const char *region, const char *language,
    char *area, int32_t capacity);

// The most digits of a number in E.164 form, without its plus sign, that its area depends on: the library's tables have
// prefixes of 32 bits.
#define CPN_AREA_DIGITS 10

// What a pattern of a numbering plan, a regular expression, is matched with: the digits after the calling code.
enum cpn_pattern {
    // With all of them.
    cpn_pattern_whole = 0,
    // With the first of them.
    cpn_pattern_start = 1,
    // With the first of them, which are changed or taken off where it matches.
    cpn_pattern_prefix = 2,
};

// Hands over every pattern that decides, with the number of digits, what numbers of a calling code are; none if there is no
// such code.
void cpn_each_pattern(
    int32_t country_code, void *context, void (*take)(void *context, const char *pattern, enum cpn_pattern use));

// The calling code of an ISO country code, or 0 if the library does not know the country.
int32_t cpn_country_code(const char *country);

// Whether digits are an emergency or other short number when dialled within a country.
bool cpn_is_short(const char *digits, const char *country);

#ifdef __cplusplus
}
#endif
