import COpenSSL
import DialModel
import EventWire

/// What lets an agent's page in at the vendor for five minutes (`vendors/alibaba-udesk.md`, B1, F1 with the formula of F2).
enum ConnectionToken {
    /// HMAC-SHA1 over the tenant's name and the time in seconds, in small hexadecimal digits.
    static func sign(appID: String, secret: Secret, seconds: Int64) -> String {
        let key = Array(secret.revealed.utf8)
        let text = Array((appID + String(seconds)).utf8)
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        _ = HMAC(EVP_sha1(), key, Int32(key.count), text, text.count, &digest, &length)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// What `GetToken` of the SDK comes to.
    static func members(of account: UdeskBridgeAccount, at now: Timestamp) -> JSONValue {
        let seconds = now.milliseconds / 1000
        return .object([
            "appId": .string(account.appID), "timestamp": .string(String(seconds)),
            "token": .string(sign(appID: account.appID, secret: account.secret, seconds: seconds)),
        ])
    }
}
