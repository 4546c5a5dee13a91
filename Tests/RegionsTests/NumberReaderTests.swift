import DialModel
import Regions
import Testing

/// What a reading comes to, in the open: numbers print masked, and masked numbers cannot be compared by eye.
func shown(_ reading: NumberReading) -> String {
    switch reading {
    case .number(let number): number.e164
    case .rejected(let rejection): rejection.rawValue
    }
}

/// Every way that people and programs write the same Chinese mobile number.
private let oneMobile = [
    "13800138000", " 138 0013 8000 ", "138-0013-8000", "138.0013.8000", "(138)00138000", "１３８００１３８０００",
    "１３８－００１３－８０００", "＋８６　１３８００１３８０００", "+86 138 0013 8000", "+8613800138000", "86-13800138000", "8613800138000",
    "008613800138000", "0086 138-0013-8000", "08613800138000", "013800138000", "'13800138000", "'+8613800138000",
    "’13800138000", "13800138000.0", "13800138000.00", "138\u{200B}0013\u{200D}8000", "\u{FEFF}13800138000",
    "\u{202D}13800138000\u{202C}", "138\u{00A0}0013\u{3000}8000", "138—0013–8000", "【138】00138000", "١٣٨٠٠١٣٨٠٠٠",
    "+86 (0)138 0013 8000", "13800138000转123", "13800138000 ext. 9", "13800138000#5", "13800138000;ext=77",
    "17951 13800138000",
]

@Test("A Chinese mobile number is read however it is written", arguments: oneMobile)
func readsMobile(cell: String) {
    #expect(shown(NumberReader(country: "CN").read(cell)) == "+8613800138000")
}

@Test("Whatever is read as a number is hidden as one in free text", arguments: oneMobile)
func isHidden(cell: String) {
    #expect(NumbersInText.removed(from: cell).count(where: \.isNumber) < 7)
}

@Test("What hides numbers knows each sign of Unicode's first plane that is read in one")
func hidesWithAnySign() {
    let reader = NumberReader(country: "CN")
    var signs = 0
    for sign in (UInt32(0x20)...0xFFFF).compactMap(Unicode.Scalar.init) {
        for text in ["138\(sign)0013\(sign)8000", "13800\(sign)38000"] {
            guard case .number = reader.read(text) else { continue }
            signs += 1
            #expect(NumbersInText.removed(from: text) == "…", "U+\(String(sign.value, radix: 16))")
        }
    }
    #expect(signs > 100)
}

@Test("International forms need no country", arguments: ["+8613800138000", "0086 13800138000", "＋８６138-0013-8000"])
func readsWithoutCountry(cell: String) {
    #expect(shown(NumberReader(country: nil).read(cell)) == "+8613800138000")
    #expect(shown(NumberReader(country: "US").read(cell)) == "+8613800138000")
}

@Test("Every mobile prefix from 13 to 19 is accepted, known to the metadata or not")
func acceptsEveryMobilePrefix() {
    let reader = NumberReader(country: "CN")
    for prefix in 130...199 {
        #expect(shown(reader.read("\(prefix)12345678")) == "+86\(prefix)12345678")
        #expect(shown(reader.read("+86 \(prefix) 1234 5678")) == "+86\(prefix)12345678")
    }
}

private let china: [(String, String)] = [
    // Fixed lines.
    ("010-91234567", "+861091234567"), ("01061234567", "+861061234567"), ("021 6123 4567", "+862161234567"),
    ("(0571)87654321", "+8657187654321"), ("0755-12345678", "invalid_number"), ("0898-66778899", "+8689866778899"),
    ("0937-2612345", "+869372612345"), ("+86 10 6123 4567", "+861061234567"), ("+86 (0)21 61234567", "+862161234567"),
    ("86 21 61234567", "+862161234567"), ("8675526123456", "+8675526123456"), ("2161234567", "+862161234567"),
    ("010-91234567-801", "+861091234567"), ("0571-87654321转8", "+8657187654321"),
    ("0571-87654321 分机 8", "+8657187654321"),
    ("87654321", "too_short"), ("010-6123456", "too_short"), ("0571-876543", "too_short"), ("0571", "too_short"),
    ("0571-876543210", "too_long"), ("01161234567", "invalid_number"), ("026-61234567", "invalid_number"),
    // Service numbers, with and without an area.
    ("110", "not_callable"), ("119", "not_callable"), ("120", "not_callable"), ("10086", "not_callable"),
    ("12345", "not_callable"), ("95588", "not_callable"), ("96110", "not_callable"), ("021-95588", "not_callable"),
    ("010 12345", "not_callable"), ("4008123456", "not_callable"), ("400-812-3456", "not_callable"),
    ("800 810 1234", "not_callable"), ("+86 400 812 3456", "not_callable"), ("+86 95588", "not_callable"),
    ("16812345", "not_callable"), ("+86 10 10086", "too_short"),
    ("+86 21 95588", "too_short"), ("1380013", "too_short"), ("+86 571 10086", "too_short"),
    // Nothing that may be guessed at.
    ("12012345678", "invalid_number"), ("1380013800", "invalid_number"), ("138001380001", "invalid_number"),
    ("138001380001234567", "too_long"), ("1380013800013900139000", "too_long"),
    ("1234567890123456789012345", "too_long"), ("+", "not_a_number"), ("-", "not_a_number"), ("张三", "not_a_number"),
    ("13800138000/1", "not_a_number"), ("=\"\"", "not_a_number"), ("=13800138000", "not_a_number"),
    ("138****8000", "masked_number"), ("138xxxx8000", "not_a_number"), ("13800138000/13900139000", "several_numbers"),
    ("13800138000、 +86 13900139000", "several_numbers"), ("13800138000 13900139000", "too_long"),
    ("#N/A", "not_a_number"),
    ("1-800-FLOWERS", "not_a_number"), ("13800138000转", "not_a_number"), ("5\u{20E3}3800138000", "not_a_number"),
    ("1.38E+10", "scientific_notation"), ("1.38e10", "scientific_notation"), ("1,38E+10", "scientific_notation"),
    ("＋１.３８Ｅ＋１０", "scientific_notation"), ("8.61380013800E+12", "scientific_notation"),
    ("138E8", "scientific_notation"),
    ("", "no_number"), ("  ", "no_number"), ("'", "no_number"), ("\u{200B}\u{3000}", "no_number"), ("' ", "no_number"),
]

@Test("Other Chinese cells", arguments: china)
func readsChineseCells(cell: String, expected: String) {
    #expect(shown(NumberReader(country: "CN").read(cell)) == expected)
}

private let elsewhere: [(String?, String, String)] = [
    ("US", "(415) 555-2671", "+14155552671"), ("US", "1-415-555-2671", "+14155552671"),
    ("US", "415.555.2671 x123", "+14155552671"), ("US", "14155552671", "+14155552671"),
    ("US", "011 44 20 7123 4567", "+442071234567"), ("US", "415-055-2671", "invalid_number"),
    ("US", "555-2671", "too_short"), ("US", "911", "not_callable"), ("US", "900-234-5678", "not_callable"),
    ("US", "800-234-5678", "not_callable"), ("US", "4155552671.0", "+14155552671"),
    ("US", "41555526712671", "too_long"),
    ("GB", "020 7123 4567", "+442071234567"), ("GB", "+44 (0)20 7123 4567", "+442071234567"),
    ("GB", "07400 123456", "+447400123456"), ("GB", "442071234567", "+442071234567"), ("GB", "999", "not_callable"),
    ("GB", "0909 879 0000", "not_callable"), ("GB", "0330 123 4567", "+443301234567"), ("GB", "112", "not_callable"),
    ("GB", "070 1234 5678", "not_callable"), ("GB", "020 7123", "invalid_number"),
    ("DE", "030 123456", "+4930123456"), ("DE", "0151 23456789", "+4915123456789"), ("DE", "110", "not_callable"),
    ("DE", "0049 30 123456", "+4930123456"), ("DE", "0900 1234567", "not_callable"),
    ("DE", "0 30 / 123456", "not_a_number"),
    ("AU", "0412 345 678", "+61412345678"), ("AU", "(02) 9876 5432", "+61298765432"), ("AU", "000", "not_callable"),
    ("AU", "0011 44 20 7123 4567", "+442071234567"), ("AU", "00 44 20 7123 4567", "+442071234567"),
    ("AU", "1300 123 456", "not_callable"), ("AU", "61412345678", "+61412345678"),
    ("JP", "090-1234-5678", "+819012345678"), ("JP", "03-1234-5678", "+81312345678"), ("JP", "110", "not_callable"),
    ("JP", "０９０－１２３４－５６７８", "+819012345678"), ("JP", "0120-123-456", "not_callable"), ("JP", "090-1234", "too_short"),
    ("HK", "9123 4567", "+85291234567"), ("HK", "2123 4567", "+85221234567"), ("HK", "+852 9123 4567", "+85291234567"),
    ("HK", "999", "not_callable"), ("HK", "852 9123 4567", "+85291234567"), ("HK", "912 3456", "invalid_number"),
    ("HK", "+8529123****", "masked_number"),
    ("IT", "06 698 12345", "+390669812345"), (nil, "+39 06 698 12345", "+390669812345"),
    (nil, "13800138000", "no_country"), (nil, "911", "no_country"), (nil, "+1 415 555 2671", "+14155552671"),
    (nil, "+999 1234567", "invalid_number"), (nil, "+86 1", "too_short"), (nil, "+", "not_a_number"),
    (nil, "1.38E+10", "scientific_notation"), (nil, "", "no_number"), ("XX", "4155552671", "no_country"),
]

@Test("Other countries", arguments: elsewhere)
func readsOtherCountries(country: String?, cell: String, expected: String) {
    #expect(shown(NumberReader(country: country).read(cell)) == expected)
}

private let exponents: [(String, String)] = [
    ("1.3800138000E+10", "+8613800138000"), ("1.3800138000e10", "+8613800138000"),
    ("1,3800138000E+10", "+8613800138000"),
    ("8.613800138000E+12", "+8613800138000"), ("+8.613800138000E+12", "+8613800138000"),
    ("1.38E+10", "scientific_notation"), ("1.380013800E+10", "scientific_notation"),
    ("1.38001380001E+10", "scientific_notation"), ("13.800138000E+9", "scientific_notation"),
    ("-1.3800138000E+10", "scientific_notation"), ("1.3800138000E-10", "scientific_notation"),
    ("1.2345E+4", "not_callable"),
]

@Test("With leave, a number in scientific notation is read while it has all of its digits", arguments: exponents)
func readsExponents(cell: String, expected: String) {
    #expect(shown(NumberReader(country: "CN", acceptsExponent: true).read(cell)) == expected)
    #expect(shown(NumberReader(country: "CN").read(cell)) == "scientific_notation")
}

@Test("Every reason to turn a number away occurs in these tables")
func everyRejectionOccurs() {
    let seen = Set(china.map(\.1) + elsewhere.map(\.2))
    for rejection in NumberRejection.allCases {
        #expect(seen.contains(rejection.rawValue), "\(rejection)")
    }
}

@Test("Countries are known by their ISO codes")
func knowsCountries() {
    for code in ["CN", "US", "GB", "DE", "AU", "JP", "HK", "TW"] { #expect(NumberReader.isKnown(country: code)) }
    for code in ["", "UK", "XX", "cn", "CHN", "86"] { #expect(!NumberReader.isKnown(country: code)) }
}

@Test("A number that was read is read again as itself")
func readingIsStable() {
    let reader = NumberReader(country: "CN")
    let cells = oneMobile + china.map(\.0) + elsewhere.map(\.1)
    for cell in cells {
        guard case .number(let number) = reader.read(cell) else { continue }
        #expect(shown(reader.read(number.e164)) == number.e164, "\(cell)")
        #expect(shown(NumberReader(country: nil).read("'" + number.e164)) == number.e164, "\(cell)")
    }
}
