#include "cphonenumber.h"

#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <string>

#include <phonenumbers/geocoding/phonenumber_offline_geocoder.h>
#include <phonenumbers/logger.h>
#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>
#include <unicode/locid.h>

namespace i18n {
namespace phonenumbers {
// The plans as the library keeps them, which it exports and declares in no header of its package.
int metadata_size();
const void *metadata_get();
} // namespace phonenumbers
} // namespace i18n

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberOfflineGeocoder;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

// The one instance, silenced before its first use: by itself it writes to stdout, which belongs to our data.
PhoneNumberUtil &library() {
    static PhoneNumberUtil *const instance = [] {
        PhoneNumberUtil *made = PhoneNumberUtil::GetInstance();
        made->SetLogger(new NullLogger);
        return made;
    }();
    return *instance;
}

const ShortNumberInfo &short_numbers() {
    static const ShortNumberInfo instance;
    return instance;
}

const PhoneNumberOfflineGeocoder &geocoder() {
    static const PhoneNumberOfflineGeocoder instance;
    return instance;
}

cpn_parsing parsing_of(PhoneNumberUtil::ErrorType error) {
    switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return cpn_parsed;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return cpn_no_such_country_code;
    case PhoneNumberUtil::NOT_A_NUMBER: return cpn_not_a_number;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return cpn_parsed_too_short;
    case PhoneNumberUtil::TOO_SHORT_NSN: return cpn_parsed_too_short;
    case PhoneNumberUtil::TOO_LONG_NSN: return cpn_parsed_too_long;
    }
    return cpn_not_a_number;
}

cpn_length length_of(PhoneNumberUtil::ValidationResult result) {
    switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE: return cpn_length_possible;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return cpn_length_local_only;
    case PhoneNumberUtil::TOO_SHORT: return cpn_length_too_short;
    case PhoneNumberUtil::TOO_LONG: return cpn_length_too_long;
    case PhoneNumberUtil::INVALID_LENGTH: return cpn_length_invalid;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return cpn_length_invalid;
    }
    return cpn_length_invalid;
}

cpn_kind kind_of(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
    case PhoneNumberUtil::MOBILE:
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
    case PhoneNumberUtil::VOIP:
    case PhoneNumberUtil::UAN: return cpn_kind_ordinary;
    case PhoneNumberUtil::TOLL_FREE: return cpn_kind_toll_free;
    case PhoneNumberUtil::PREMIUM_RATE: return cpn_kind_premium_rate;
    case PhoneNumberUtil::SHARED_COST: return cpn_kind_shared_cost;
    case PhoneNumberUtil::PERSONAL_NUMBER: return cpn_kind_personal;
    case PhoneNumberUtil::PAGER: return cpn_kind_pager;
    case PhoneNumberUtil::VOICEMAIL: return cpn_kind_voicemail;
    case PhoneNumberUtil::UNKNOWN: return cpn_kind_unknown;
    }
    return cpn_kind_unknown;
}

cpn_line line_of(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::MOBILE: return cpn_line_mobile;
    case PhoneNumberUtil::FIXED_LINE: return cpn_line_fixed;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return cpn_line_fixed_or_mobile;
    case PhoneNumberUtil::TOLL_FREE: return cpn_line_toll_free;
    case PhoneNumberUtil::PREMIUM_RATE: return cpn_line_premium_rate;
    case PhoneNumberUtil::VOIP: return cpn_line_voip;
    case PhoneNumberUtil::UAN:
    case PhoneNumberUtil::SHARED_COST:
    case PhoneNumberUtil::PERSONAL_NUMBER:
    case PhoneNumberUtil::PAGER:
    case PhoneNumberUtil::VOICEMAIL: return cpn_line_other;
    case PhoneNumberUtil::UNKNOWN: return cpn_line_unknown;
    }
    return cpn_line_unknown;
}

// The one country of a number that reaches a service and no subscriber; "" if its code is shared and it would be valid in several.
std::string sole_country(const PhoneNumber &number) {
    std::list<std::string> candidates;
    library().GetRegionCodesForCountryCallingCode(number.country_code(), &candidates);
    std::string found;
    for (const std::string &candidate : candidates) {
        if (candidates.size() > 1 && !library().IsValidNumberForRegion(number, candidate)) { continue; }
        if (!found.empty()) { return ""; }
        found = candidate;
    }
    return found;
}

// `region` is what the library says of the number.
std::string country_of(
    const PhoneNumber &number, PhoneNumberUtil::PhoneNumberType type, const std::string &region) {
    std::string country;
    // A line belongs to a subscriber in the country whose plan it is of, if need be the largest that shares the plan.
    if (type == PhoneNumberUtil::FIXED_LINE || type == PhoneNumberUtil::MOBILE
        || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE) {
        country = region;
    } else {
        country = sole_country(number);
    }
    // "001" stands for the whole world, "ZZ" for none.
    return country.size() == 2 && country != "ZZ" ? country : "";
}

// A language in which areas are named.
struct Tongue {
    icu::Locale locale;
    // The names of regions, which the library looks for as long as for areas.
    std::map<std::string, std::string> names;

    explicit Tongue(const char *language) : locale(language) {}
};

// The name of the region that a number is of; `tongue` is remembered, and shared by all threads.
std::string region_name(const PhoneNumber &number, const std::string &region, Tongue &tongue, std::mutex &mutex) {
    {
        const std::lock_guard<std::mutex> guard(mutex);
        const auto known = tongue.names.find(region);
        if (known != tongue.names.end()) { return known->second; }
    }
    // Users who live in no country are always told the country's name.
    const std::string name = geocoder().GetDescriptionForValidNumber(number, tongue.locale, "ZZ");
    const std::lock_guard<std::mutex> guard(mutex);
    return tongue.names.emplace(region, name).first->second;
}

std::string area_of(const PhoneNumber &number, const std::string &region, const char *language) {
    static std::mutex mutex;
    static std::map<std::string, Tongue> tongues;
    Tongue *tongue = nullptr;
    {
        const std::lock_guard<std::mutex> guard(mutex);
        tongue = &tongues.try_emplace(language, language).first->second;
    }
    const std::string place = geocoder().GetDescriptionForValidNumber(number, tongue->locale);
    // Where no area is known the library gives the country's name.
    return place == region_name(number, region, *tongue, mutex) ? "" : place;
}

// The plans of all calling codes.
const PhoneMetadataCollection &plans() {
    static const PhoneMetadataCollection *const instance = [] {
        PhoneMetadataCollection *const made = new PhoneMetadataCollection;
        made->ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size());
        return made;
    }();
    return *instance;
}

} // namespace

struct cpn_number cpn_read(const char *text, const char *country) {
    struct cpn_number answer = {};
    try {
        PhoneNumberUtil &util = library();
        // "ZZ" is the library's word for no country.
        const std::string region = country[0] == '\0' ? "ZZ" : country;
        PhoneNumber number;
        answer.parsing = parsing_of(util.Parse(text, region, &number));
        if (answer.parsing != cpn_parsed) { return answer; }
        answer.length = length_of(util.IsPossibleNumberWithReason(number));
        answer.valid = util.IsValidNumber(number);
        answer.kind = kind_of(util.GetNumberType(number));
        answer.country_code = number.country_code();
        answer.national_number = number.national_number();
        if (number.italian_leading_zero()) { answer.leading_zeros = number.number_of_leading_zeros(); }
    } catch (...) {
        answer = {};
        answer.parsing = cpn_not_a_number;
    }
    return answer;
}

struct cpn_place cpn_describe(const char *e164, bool trusted) {
    struct cpn_place answer = {};
    try {
        PhoneNumberUtil &util = library();
        PhoneNumber number;
        answer.parsing = parsing_of(util.Parse(e164, "ZZ", &number));
        if (answer.parsing != cpn_parsed) { return answer; }
        const PhoneNumberUtil::PhoneNumberType type = util.GetNumberType(number);
        answer.length = length_of(util.IsPossibleNumberWithReason(number));
        answer.line = line_of(type);
        // A number is valid where it has a type; asking for both would look it up twice.
        answer.valid = type != PhoneNumberUtil::UNKNOWN;
        answer.geographical = answer.valid ? util.IsNumberGeographical(type, number.country_code()) : trusted;
        answer.country_code = number.country_code();
        answer.national_number = number.national_number();
        if (number.italian_leading_zero()) { answer.leading_zeros = number.number_of_leading_zeros(); }
        std::string region;
        util.GetRegionCodeForNumber(number, &region);
        const std::string country = country_of(number, type, region);
        std::strncpy(answer.country, country.c_str(), sizeof answer.country - 1);
        std::strncpy(answer.region, region.c_str(), sizeof answer.region - 1);
    } catch (...) {
        answer = {};
        answer.parsing = cpn_not_a_number;
    }
    return answer;
}

void cpn_area(
    int32_t country_code, uint64_t national_number, int32_t leading_zeros, const char *region, const char *language,
    char *area, int32_t capacity) {
    if (capacity <= 0) { return; }
    area[0] = '\0';
    try {
        PhoneNumber number;
        number.set_country_code(country_code);
        number.set_national_number(national_number);
        if (leading_zeros > 0) {
            number.set_italian_leading_zero(true);
            number.set_number_of_leading_zeros(leading_zeros);
        }
        std::strncpy(area, area_of(number, region, language).c_str(), capacity - 1);
        area[capacity - 1] = '\0';
    } catch (...) {
        area[0] = '\0';
    }
}

void cpn_each_pattern(
    int32_t country_code, void *context, void (*take)(void *context, const char *pattern, enum cpn_pattern use)) {
    try {
        std::string main_region;
        library().GetRegionCodeForCountryCode(country_code, &main_region);
        for (const PhoneMetadata &plan : plans().metadata()) {
            if (plan.country_code() != country_code) { continue; }
            for (const auto *kind : {
                     &plan.general_desc(), &plan.fixed_line(), &plan.mobile(), &plan.toll_free(), &plan.premium_rate(),
                     &plan.shared_cost(), &plan.personal_number(), &plan.voip(), &plan.pager(), &plan.uan(),
                     &plan.voicemail() }) {
                take(context, kind->national_number_pattern().c_str(), cpn_pattern_whole);
            }
            if (plan.has_leading_digits()) { take(context, plan.leading_digits().c_str(), cpn_pattern_start); }
            // Numbers are read by the rules of their code's main region.
            if (plan.has_national_prefix_for_parsing() && (plan.id() == main_region || main_region == "001")) {
                take(context, plan.national_prefix_for_parsing().c_str(), cpn_pattern_prefix);
            }
        }
    } catch (...) {
        // A pattern that cannot be read: the caller takes every digit for one that decides.
        take(context, "(", cpn_pattern_whole);
    }
}

int32_t cpn_country_code(const char *country) {
    try {
        return library().GetCountryCodeForRegion(country);
    } catch (...) {
        return 0;
    }
}

bool cpn_is_short(const char *digits, const char *country) {
    try {
        PhoneNumberUtil &util = library();
        if (short_numbers().IsEmergencyNumber(digits, country)) { return true; }
        PhoneNumber number;
        if (util.Parse(digits, country, &number) != PhoneNumberUtil::NO_PARSING_ERROR) { return false; }
        return short_numbers().IsValidShortNumberForRegion(number, country);
    } catch (...) {
        return false;
    }
}
