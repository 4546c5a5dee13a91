import COpenSSL
import DialModel

extension AgentLogin {
    /// The password as `AgPass` has it (`vendors/well-wincall.md`, B.1).
    func wirePassword(_ format: WinCallAccount.PasswordFormat) -> String {
        switch format {
        case .plain: password.revealed
        case .md5: Self.md5(password.revealed)
        }
    }

    /// The digest (RFC 1321) in lower-case hexadecimal digits.
    private static func md5(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let succeeded = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_md5(), nil)
        precondition(succeeded == 1, "libcrypto has no MD5")
        return digest.prefix(Int(length)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
