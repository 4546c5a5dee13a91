import Glibc

/// Breaks a connection off as a crashing peer does: with a reset, and with no answer.
enum ConnectionReset {
    /// Resets the accepted connection between two local ports, if there is one.
    ///
    /// The server keeps its sockets to itself, so the descriptor is found by its two ends. Connecting to no address
    /// dissolves the association at once, which on Linux sends the peer a reset; the server's next write then fails
    /// and closes the descriptor as its owner.
    static func reset(serverPort: UInt16, clientPort: UInt16) {
        for descriptor in openDescriptors() {
            guard port(of: descriptor, getsockname) == serverPort, port(of: descriptor, getpeername) == clientPort
            else {
                continue
            }
            var nowhere = sockaddr()
            nowhere.sa_family = sa_family_t(AF_UNSPEC)
            _ = connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
            return
        }
    }

    /// The process may open a million files, and has a few dozen open.
    private static func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var descriptors: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let descriptor = Int32(name) { descriptors.append(descriptor) }
        }
        return descriptors
    }

    private typealias NameCall = (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32

    private static func port(of descriptor: Int32, _ name: NameCall) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) }
        }
        guard status == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }
}
