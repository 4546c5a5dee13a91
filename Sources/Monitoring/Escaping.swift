extension String {
    /// The text with something else in the places of some scalars; those for which there is nil stay.
    ///
    /// By scalars and not by characters: a quotation mark with an accent upon it is a character of its own, which a search for
    /// the mark misses, and it ends what is quoted all the same.
    package func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let other = replacement(scalar) {
                text.append(contentsOf: other.unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// The text as one word of a shell's command line: as it is where that is plain, else in quotation marks.
    package var shellWord: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: ","):
                    true
                default: false
                }
            }
        return isPlain ? self : "'" + replacingScalars { $0 == "'" ? "'\\''" : nil } + "'"
    }
}
