package import DialModel

extension HTTPResponse {
    /// When the server says that it answered; nil where it says nothing that can be read.
    package var date: Timestamp? { header("Date").flatMap(Timestamp.init(httpDate:)) }
}

extension Timestamp {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads an HTTP `Date` header, `Fri, 10 Jul 2020 02:03:04 GMT` (RFC 9110, 5.6.7); nil for the obsolete forms.
    package init?(httpDate text: String) {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
            let month = Self.months.firstIndex(of: String(words[2])),
            let date = CivilDay(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, clock.allSatisfy({ (0...60).contains($0) }) else { return nil }
        self.init(milliseconds: (date.number * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000)
    }
}
