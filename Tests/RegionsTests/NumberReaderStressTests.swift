import DialModel
import Regions
import Testing

@Test("No text traps the reader, and every number read is the library's or China's form")
func readsAnything() {
    let seed: UInt64 = 20_260_101
    var random = SplitMix64(seed: seed)
    let alphabet = Array(
        "0123456789012345678901234567890+-.() 'eE#x转１２３＋٣½²\u{200B}\u{0301}\u{20E3}\r\n😀\0".unicodeScalars)
    let readers = [nil, "CN", "US", "DE", "AU", "IT"].map { NumberReader(country: $0) }
    for _ in 0..<20_000 {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(24) { text.append(alphabet[Int(random.below(UInt64(alphabet.count)))]) }
        let reader = readers[Int(random.below(UInt64(readers.count)))]
        guard case .number(let number) = reader.read(String(text)) else { continue }
        #expect((8...16).contains(number.e164.count), "seed \(seed): \(String(text).debugDescription)")
    }
}

@Test("Readers are used from many tasks at once and answer as one does")
func readsConcurrently() async {
    let cells = (0..<400).map { index in
        switch index % 4 {
        case 0: "138\(10_000_000 + index)"
        case 1: "+1 415 555 \(2000 + index)"
        case 2: "0571-8765\(4000 + index)"
        default: "+44 20 7123 \(4000 + index)"
        }
    }
    let reader = NumberReader(country: "CN")
    let expected = cells.map(reader.read)
    await withTaskGroup(of: [NumberReading].self) { group in
        for _ in 0..<8 {
            group.addTask { cells.map(NumberReader(country: "CN").read) }
            group.addTask { cells.map(reader.read) }
        }
        for await readings in group { #expect(readings == expected) }
    }
}
