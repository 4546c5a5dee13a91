import DialModel
import EventWire
import Testing

@testable import WinCallVendor

@Suite("Commands and messages of an agent's channel")
struct WireTests {
    @Test(
        "A command goes out as the vendor's own program sends it (vendors/well-wincall.md, B.5)",
        arguments: [
            (
                AgentCommand.initialise(enterprise: "testvcc", agent: "6158", password: "p", phone: "8004"),
                #"{"Action":100,"AgNum":"6158","AgPass":"p","AgPhoneNum":"8004","VccCode":"testvcc"}"#
            ),
            (.uninitialise, #"{"Action":1}"#),
            (.signIn(isIdle: true), #"{"Action":2,"State":1}"#),
            (.signIn(isIdle: false), #"{"Action":2,"State":2}"#),
            (.signOut, #"{"Action":3}"#),
            (.goBusy(reason: 101), #"{"Action":4,"Reason":101}"#),
            (.goIdle, #"{"Action":5}"#),
            (.query, #"{"Action":6}"#),
            (.keepAlive, #"{"Action":7}"#),
            (.enterProject(7), #"{"Action":9,"ProID":7}"#),
            (.leaveProject, #"{"Action":10}"#),
            (
                .dial(called: "13811112222", callerID: "01080000001", queue: 10, channel: 0),
                #"{"Action":22,"Called":"13811112222","CallerID":"01080000001","GroupID":10,"OutChan":0,"ProID":0,"TaskID":0}"#
            ),
            (.hangUp, #"{"Action":23}"#),
            (.consult(agent: 2390), #"{"Action":24,"AgID":2390}"#),
            (.endConsultation, #"{"Action":26}"#),
            (.threeWay, #"{"Action":27}"#),
            (.transfer, #"{"Action":29}"#),
            (.spy(agent: 2389), #"{"Action":30,"AgID":2389}"#),
            (.intercept, #"{"Action":31}"#),
            (.bargeIn, #"{"Action":32}"#),
            (.transferToQueue(11), #"{"Action":44,"TransParam1":11,"TransType":1}"#),
            (
                .transferBlindly(called: "13811112222", callerID: "01080000001"),
                #"{"Action":46,"Called":"13811112222","Caller":"01080000001"}"#
            ),
        ])
    func commands(command: AgentCommand, text: String) {
        #expect(command.wire.serialized == text)
    }

    @Test("A payload holds one message, or several with line ends between them, or nothing to be read (B.3.4)")
    func payloads() {
        let phone = #"{"MT":3,"PhoSta":5,"RingType":2}"#
        let state = #"{"MT":4,"AgSta":4}"#
        #expect(ServerMessage.messages(in: phone).count == 1)
        #expect(ServerMessage.messages(in: " \(phone)\r\n\(state)\r\n").count == 2)
        #expect(ServerMessage.messages(in: "\(phone)\n\(state)").count == 2)
        for text in ["", "hello", "[1]", "{", "}", "{]}", "{\"MT\":3", "keep-alive {}"] {
            #expect(ServerMessage.messages(in: text) == [], "\(text)")
        }
        #expect(ServerMessage.messages(in: "{not json}\r\n\(state)") == [.agent(state: 4, parameter: nil)])
    }

    @Test("Numbers come as numbers and as strings")
    func loose() {
        #expect(
            ServerMessage.messages(in: #"{"MT":"1","Retact":"22","Ret":"8","Retmsg":"x"}"#)
                == ServerMessage.messages(in: #"{"MT":1,"Retact":22,"Ret":8,"Retmsg":"x"}"#))
        #expect(
            ServerMessage.messages(in: #"{"MT":"4","AgSta":"5","AgStaParam":"30"}"#)
                == [.agent(state: 5, parameter: 30)])
        #expect(ServerMessage.messages(in: #"{"MT":10,"Code":"100"}"#) == [.alert(code: 100)])
        #expect(ServerMessage.messages(in: #"{"MT":2}"#) == [.keepAlive])
        #expect(ServerMessage.messages(in: #"{"MT":5,"Que":1}"#) == [.other(type: 5)])
        #expect(ServerMessage.messages(in: #"{"MT":8,"Param":2,"Data":"['010']"}"#) == [.callers(["010"])])
        #expect(ServerMessage.messages(in: #"{"MT":8,"Param":1,"Data":[6250,"6251"]}"#) == [.queues([6250, 6251])])
    }

    @Test(
        "The state of a phone is told by two numbers, and shown by four digits",
        arguments: [
            (0, nil, PhoneState.idle, "0000"), (5, 2, .ringing(.outbound), "0502"),
            (10, nil, .ownSideConnected, "1000"),
            (4, nil, .calling, "0400"), (55, nil, .alerting, "5500"), (6, nil, .talking, "0600"),
            (5, 1, .ringing(.queue), "0501"), (5, 5, .ringing(.autoCall), "0505"), (5, nil, .ringing(.direct), "0500"),
            (5, 3, .ringing(.spying), "0503"), (35, nil, .transferredHere, "3500"),
            (31, nil, .amongOthers(code: 31), "3100"), (8, nil, .standingLineUp, "0800"),
            (40, nil, .standingLineDown, "0900"), (99, nil, .unknown(code: 99), "9900"),
        ] as [(Int, Int?, PhoneState, String)])
    func phoneStates(code: Int, ring: Int?, state: PhoneState, shown: String) {
        #expect(PhoneState(code: code, ring: ring) == state)
        #expect(state.code == shown)
    }

    @Test("What a later message leaves out of a call's parameters stays as it was")
    func parameters() throws {
        let first = try #require(JSONValue(parsing: Array(#"{"CallId":17,"Called":"13811112222","AcTask":"9"}"#.utf8)))
        let second = try #require(JSONValue(parsing: Array(#"{"Caller":"01080000001","Called":null}"#.utf8)))
        var parameters = CallParameters(first)
        parameters.merge(CallParameters(second))
        #expect(parameters.callID == "17")
        #expect(parameters.called == "13811112222")
        #expect(parameters.caller == "01080000001")
        #expect(parameters.projectRow == "9")
    }

    @Test(
        "What a sign-in grants is read from any spelling of the literal (B.4)",
        arguments: [
            (#"[[6250,6251],["01080000001","02180000001"],"secret"]"#, [6250, 6251], ["01080000001", "02180000001"]),
            (#"[[6250,6251],['01080000001','02180000001'],'sec"ret']"#, [6250, 6251], ["01080000001", "02180000001"]),
            (#"[['6250'],[],'']"#, [6250], []),
            (#"[[6250,],['01080000001', ],]"#, [6250], ["01080000001"]),
            (#"[[],[]]"#, [], []),
            (#"[[10,["a"]],["it\'s"],"x"]"#, [10], ["it's"]),
        ] as [(String, [Int], [String])])
    func grants(text: String, queues: [Int], callers: [String]) {
        #expect(SignInGrant(literal: text) == SignInGrant(queues: queues, callers: callers))
    }

    @Test("Text that is no literal grants nothing", arguments: ["", "ok", "{}", "[[1]", "[[1],['2]]"])
    func noGrant(text: String) {
        #expect(SignInGrant(literal: text) == nil)
    }

    @Test("A result is shown by three digits for its command and three for itself (B.7)")
    func codes() {
        let codes = [
            (100, 1, "001001"), (1, 0, "002000"), (2, 1, "003001"), (3, 0, "004000"), (4, 4, "005004"),
            (5, 3, "006003"),
            (6, 1, "007001"), (9, 3, "009003"), (22, 503, "022503"), (44, 8, "044008"), (100, 804, "001804"),
        ]
        for (action, result, code) in codes {
            #expect(ResultCode(action: action, result: result).description == code)
        }
    }

    @Test("A password goes out as its MD5 digest (RFC 1321, A.5), or as it is")
    func passwords() {
        let login = AgentLogin(agent: AgentID("6158"), password: Secret("message digest"), phone: "8004")
        #expect(login.wirePassword(.md5) == "f96b697d7cb7938d525a2f31aaf161d0")
        #expect(login.wirePassword(.plain) == "message digest")
    }

    @Test(
        "A callee's number is dialled in its national form",
        arguments: [
            ("+8613811112222", "", "13811112222"), ("+861080000001", "", "01080000001"),
            ("+8651280000001", "9", "9051280000001"), ("+864008123123", "", "4008123123"),
            ("+12015550123", "", "0012015550123"), ("+8613811112222", "9-", "913811112222"),
        ])
    func calledNumbers(number: String, prefix: String, called: String) throws {
        let called = CalledNumber(try #require(PhoneNumber(e164: number)), prefix: prefix).text == called
        #expect(called)
    }

    @Test("A number is recognised with a prefix, a zero or a country code, and in no other digits")
    func spellings() throws {
        let called = CalledNumber(try #require(PhoneNumber(e164: "+8613811112222")), prefix: "9")
        for spelling in ["13811112222", "913811112222", "013811112222", "+86 138 1111 2222"] {
            #expect(called.isWritten(as: spelling), "\(spelling)")
        }
        for spelling in ["13811112223", "2222", "", "138****2222", "8004"] {
            #expect(!called.isWritten(as: spelling), "\(spelling)")
        }
    }
}
