#include "cphonenumber.h"

#include <memory>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
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
