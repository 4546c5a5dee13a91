import CCurl
import Foundation
import Synchronization
package import Telephony

/// `HTTPTransport` and `EventTransport` over libcurl's multi interface, on a thread of its own.
///
/// Connections are kept and used again, HTTP/2 is spoken where a server offers it over TLS, and requests beyond the
/// limits wait in order of arrival. Certificates and host names are verified, from TLS 1.2 on, and nothing can turn
/// that off. The proxy variables (`http_proxy`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` and their other spellings) and
/// those for authorities (`CURL_CA_BUNDLE`, `SSL_CERT_FILE`, `SSL_CERT_DIR`) mean what they mean to curl, but for this:
/// a file of authorities stands alone unless `SSL_CERT_DIR` or `extraCAFile` asks for a directory as well.
///
/// A connection through which a write fails would raise SIGPIPE, and libcurl does not prevent that on threads: making
/// the first transport sets the process to ignore SIGPIPE, unless the process handles it already.
package final class CurlTransport: HTTPTransport {
    let mailbox: Mailbox
    private let lastID = Atomic<UInt64>(0)

    /// Starts the thread; `environment` is the process's own unless something else is handed in.
    package convenience init(settings: CurlSettings) {
        self.init(settings: settings, environment: ProcessInfo.processInfo.environment)
    }

    /// Starts the thread with proxies and authorities from `environment`.
    package init(settings: CurlSettings, environment: [String: String]) {
        Self.prepareProcess
        let mailbox = Mailbox()
        self.mailbox = mailbox
        guard let multi = mailbox.multi else { return }
        let surroundings = Surroundings(environment: environment, extraCAFile: settings.extraCAFile)
        nonisolated(unsafe) let handle = multi
        let thread = Thread {
            CurlLoop(settings: settings, surroundings: surroundings, mailbox: mailbox, multi: handle).run()
        }
        thread.name = "libcurl"
        thread.start()
    }

    /// Ends the thread if `shutdown` has not; no request or channel can be there, since each of them holds the transport.
    deinit {
        _ = mailbox.post(.stop(nil))
    }

    /// Sends one request and answers with the whole response; see `HTTPTransport`.
    ///
    /// Redirects are not followed. Throws `.outcomeUnknown` from the moment at which the request may have begun to be
    /// written, also when the answer is too long or broken.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let origin = try Origin(url: request.url)
        try request.checkIsSendable(to: origin)
        let ticket = ticket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = Job(ticket: ticket, request: request, origin: origin, continuation: continuation)
                if !mailbox.post(.start(job)) {
                    continuation.resume(returning: .failure(.shutDown(.notSent, origin)))
                }
            }
        } onCancel: {
            ticket.isCancelled.store(true, ordering: .releasing)
            _ = mailbox.post(.cancel(ticket))
        }
        return try result.get()
    }

    /// A ticket that nobody had before.
    func ticket() -> Ticket {
        Ticket(id: lastID.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    /// Fails what waits or is under way as cancelled, open channels too, closes all connections and returns once the thread has ended.
    ///
    /// Requests sent afterwards fail as cancelled, not sent.
    package func shutdown() async {
        await withCheckedContinuation { continuation in
            if !mailbox.post(.stop(continuation)) { continuation.resume() }
        }
    }

    /// What has to happen once per process, before anything else of libcurl.
    private static let prepareProcess: Void = {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        var current = sigaction()
        sigaction(SIGPIPE, nil, &current)
        if current.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
    }()
}

extension HTTPRequest {
    /// Throws `.notSent` for a request that cannot be written as it stands.
    fileprivate func checkIsSendable(to origin: Origin) throws(TransportError) {
        guard ["GET", "POST", "DELETE"].contains(method) else {
            throw .refused(CURLE_BAD_FUNCTION_ARGUMENT, origin, because: "its method is none of GET, POST and DELETE")
        }
        for field in headers {
            guard field.isWritable else {
                throw .refused(CURLE_BAD_FUNCTION_ARGUMENT, origin, because: "a header field contains a line break")
            }
        }
    }
}

extension HTTPField {
    /// Whether name and value stay within their line (RFC 9110, 5.1 and 5.5).
    var isWritable: Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
