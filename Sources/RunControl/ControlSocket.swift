import Foundation
import Telephony
import Wording

/// The socket in the file system through which a run takes requests.
///
/// Nobody but its owner can ever connect: it is made in a folder that only the owner may enter, is closed to all others
/// there, and only then is moved to its place, where it takes that of one that a killed run left. Only whoever holds the
/// campaign's run lock may make it.
package struct ControlSocket: Sendable {
    /// Where it is.
    package let path: String
    /// The descriptor that listens.
    let descriptor: Int32

    /// Makes the socket and listens; throws `.io` with what the system says.
    package static func listen(at path: String) throws(ControlError) -> ControlSocket {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path) }
        do throws(ControlError) {
            try bind(descriptor, at: path)
        } catch {
            close(descriptor)
            throw error
        }
        return ControlSocket(path: path, descriptor: descriptor)
    }

    /// Takes the socket away and stops listening.
    package func remove() {
        unlink(path)
        close(descriptor)
    }

    private static func bind(_ descriptor: Int32, at path: String) throws(ControlError) {
        let nursery = path + ".new"
        let file = nursery + "/socket"
        // What a run left that was killed at this very moment.
        unlink(file)
        rmdir(nursery)
        guard mkdir(nursery, 0o700) == 0 else { throw failure(nursery) }
        defer {
            unlink(file)
            rmdir(nursery)
        }
        let folder = open(nursery, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(nursery) }
        defer { close(folder) }
        // An address holds 107 bytes, and paths may be longer.
        let bound = withAddress("/proc/self/fd/\(folder)/socket") { Glibc.bind(descriptor, $0, $1) }
        guard bound == 0, chmod(file, 0o600) == 0, Glibc.listen(descriptor, SOMAXCONN) == 0, rename(file, path) == 0
        else { throw failure(path) }
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ path: String) -> ControlError {
        ControlError(.io, ControlPhrase.noSocket.filled(path, SystemPhrase.saying(errno)))
    }
}

/// A run's socket as whoever wants something of the run holds it.
///
/// `@unchecked Sendable`: the descriptor is constant and closed only when nobody holds this any more.
package final class ControlEntrance: @unchecked Sendable {
    /// `O_PATH` of Linux, which is not imported: to hold a file without opening it, as sockets cannot be.
    private static let withoutOpening: Int32 = 0o10_000_000

    private let descriptor: Int32

    /// Takes hold of the socket at a path of any length; throws `.noRun` when there is none, and `.notAllowed` or `.io`.
    package init(path: String) throws(ControlError) {
        let descriptor = open(path, Self.withoutOpening | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = errno
            let words = ControlPhrase.noEntrance.filled(path, SystemPhrase.saying(reason))
            switch reason {
            case ENOENT, ENOTDIR: throw ControlError(.noRun, words)
            case EACCES: throw ControlError(.notAllowed, words)
            default: throw ControlError(.io, words)
            }
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// A path to it that is short enough for the address of a socket.
    package var shortPath: String { "/proc/self/fd/\(descriptor)" }
}

/// Who is at the other end of a connection, as the kernel has it.
package struct ControlPeer: Hashable, Sendable {
    /// The id of the user.
    package let user: UInt32

    /// Memberwise.
    package init(user: UInt32) {
        self.user = user
    }

    init?(descriptor: Int32) {
        // struct ucred: process, user, group.
        var credentials: [UInt32] = [0, 0, 0]
        var length = socklen_t(credentials.count * MemoryLayout<UInt32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return nil }
        self.init(user: credentials[1])
    }

    /// Whether they may give orders to a process of `owner`: they are the same user, or root.
    func mayCommand(processOf owner: UInt32) -> Bool { user == owner || user == 0 }

    /// The user's name, or their id where the system knows no name.
    package var name: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return "user \(user)" }
        return String(cString: name)
    }
}
