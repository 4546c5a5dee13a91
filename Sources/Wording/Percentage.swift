extension Double {
    /// A share as a percentage without its sign, with at most so many digits after the point and none that tells nothing:
    /// `3`, `0.25`.
    package func percentage(places: Int) -> String {
        let scale = (0..<places).reduce(1 as Int64) { scale, _ in scale * 10 }
        let (whole, rest) = Int64((self * Double(100 * scale)).rounded()).quotientAndRemainder(dividingBy: scale)
        var digits = String(scale + rest).dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
    }
}
