import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

/// The account's inventory, merged from three operations (`vendors/alibaba-udesk.md`, A2.2).
@Suite struct NumberDirectoryTests {
    private static let yangzhou = NumberRegion(province: "江苏", city: "扬州")

    /// The inventory of an account with these numbers and tags.
    private func inventory(
        _ numbers: [WireText], tags: [WireText] = [],
        change: @Sendable (inout SimulatedGateway.State) -> Void = { _ in }
    ) async throws -> [OutboundNumber] {
        let bench = Bench()
        bench.gateway.with { state in
            state.numbers = numbers
            state.tags = tags
            change(&state)
        }
        return try await bench.perform { try await $0.outboundNumbers() }
    }

    @Test("A number has what the list, its tag and its group say of it")
    func merges() async throws {
        let listed: WireText = [
            "Number": "051480000001", "Province": "江苏", "City": "扬州", "Usage": "Outbound", "AllowOutbound": true,
            "TestOnly": false, "Assignee": "", "PrivacyNumber": "",
            "SkillGroups": ["SkillGroup": [["SkillGroupId": "sg-2", "SkillGroupName": "service"]]],
        ]
        let tag: WireText = [
            "Number": "051480000001", "Concurrency": 12, "Type": 0, "Provider": "unicom",
            "SkillGroupIdList": ["sg-3", "sg-2"],
        ]
        let group = SimulatedGateway.group("sg-1", "sales", queue: "q", numbers: [["Number": "051480000001"]])
        let found = try await inventory([listed], tags: [tag]) { $0.groups = [group] }
        let expected = OutboundNumber(
            "051480000001", region: Self.yangzhou, usage: .outbound, skillGroups: ["sg-1", "sg-2", "sg-3"],
            kind: .landline, provider: "unicom", limits: NumberLimits(maxConcurrent: 12))
        #expect(found == [expected])
    }

    @Test("Only numbers for outbound calls are asked for, and they come in ascending order, each once")
    func sorts() async throws {
        let bench = Bench()
        bench.gateway.with {
            $0.numbers = [
                ["Number": "057180000001"], ["Number": 1_080_000_001], ["Number": "13800138000"],
                ["Number": "+86 10 8000 0001", "AllowOutbound": "false"], ["City": "nowhere"],
            ]
        }
        let found = try await bench.perform { try await $0.outboundNumbers() }
        #expect(found.map(\.number) == ["01080000001", "057180000001", "13800138000"])
        #expect(found.map(\.dialsOut) == [false, true, true])
        #expect(found.map(\.kind) == [.landline, .landline, .mobile])
        for action in ["ListPhoneNumbers", "ListPhoneTags"] {
            #expect(bench.gateway.received(action).first?.parameters["OutboundOnly"] == "true", "\(action)")
        }
    }

    @Test("Numbers that lost their zero meet their tags and their groups all the same")
    func meetsOtherSpellings() async throws {
        let group = SimulatedGateway.group("sg-1", "sales", queue: "q", numbers: [["Number": 51_480_000_001]])
        let found = try await inventory(
            [["Number": "0514-80000001"]], tags: [["Number": "+8651480000001", "Concurrency": "7"]]
        ) { $0.groups = [group] }
        #expect(found.map(\.number) == ["051480000001"])
        #expect(found.first?.limits.maxConcurrent == 7)
        #expect(found.first?.skillGroups == ["sg-1"])
    }

    @Test("Single elements and bare lists are read like wrapped lists")
    func readsEveryList() async throws {
        let lists = [
            #"{"PhoneNumber":{"Number":1089897637,"AllowOutbound":"true","SkillGroups":{"SkillGroup":{"SkillGroupId":"g"}}}}"#,
            #"[{"Number":"01089897637","SkillGroups":[{"SkillGroupId":"g"}]}]"#,
            #"{"PhoneNumber":[{"Number":"01089897637","Usage":"Bidirection","SkillGroups":{"SkillGroup":[{"SkillGroupId":"g"}]}}]}"#,
        ]
        for list in lists {
            let found = try await inventory([], tags: [["Number": "01089897637", "Concurrency": 2]]) { state in
                let body = #"{"Success":"true","Code":"OK","PhoneNumbers":\#(list)}"#
                state.faults["ListPhoneNumbers"] = [.body(status: 200, text: body)]
            }
            let expected = OutboundNumber(
                "01089897637", skillGroups: ["g"], limits: NumberLimits(maxConcurrent: 2))
            #expect(found == [expected], "\(list)")
        }
    }

    @Test("Empty regions are unknown, and a tag's region fills them")
    func readsRegions() async throws {
        let found = try await inventory(
            [["Number": "01080000001", "Province": "", "City": ""], ["Number": "051480000001", "Province": ""]],
            tags: [
                ["Number": "01080000001", "Province": "", "City": ""],
                ["Number": "051480000001", "Province": "江苏", "City": "扬州"],
            ])
        #expect(found.map(\.region) == [NumberRegion(), Self.yangzhou])
    }

    @Test(
        "Usages are read in the vendor's spellings",
        arguments: [
            ("Outbound", OutboundNumber.Usage.outbound), ("Outboung", .outbound), ("Bidirection", .both),
            ("Inbound", .inbound), ("", .both),
        ])
    func readsUsages(_ word: String, _ usage: OutboundNumber.Usage) async throws {
        let found = try await inventory([["Number": "01080000001", "Usage": .string(word)]])
        #expect(found.map(\.usage) == [usage])
        #expect(found.map(\.dialsOut) == [usage != .inbound])
    }

    @Test(
        "Numbers on trial, 400 and 800 numbers, and numbers that may not call out are listed and never dial",
        arguments: [
            ["Number": "01080000001", "TestOnly": "true"], ["Number": "01080000001", "TestOnly": true],
            ["Number": "4008000001", "AllowOutbound": true], ["Number": 8_008_000_001],
            ["Number": "01080000001", "AllowOutbound": "false"],
        ] as [WireText])
    func neverDials(_ number: WireText) async throws {
        let found = try await inventory([number])
        #expect(found.count == 1)
        #expect(found.allSatisfy { !$0.allowsOutbound && !$0.dialsOut })
    }

    @Test("Virtual numbers are one number each or a pool, and no virtual number is none")
    func readsVirtualNumbers() async throws {
        let privacy: [WireText] = [
            ["Type": "AXN", "TelX": 51_480_000_002, "PoolId": "", "RegionNameCity": "扬州"],
            ["Type": "AXB", "TelX": "", "PoolId": "pool-7", "RegionNameCity": ""],
            ["Type": "AXN", "TelX": ""], [:], "",
        ]
        let found = try await inventory(
            privacy.enumerated().map { ["Number": .string("0108000000\($0)"), "PrivacyNumber": $1] })
        let pool = VirtualNumber(pool: VirtualPool(id: "pool-7", size: 1), region: NumberRegion())
        let own = VirtualNumber("051480000002", region: NumberRegion(city: "扬州"))
        #expect(found.map(\.virtual) == [own, pool, nil, nil, nil])
    }

    @Test("A personal number has its owner, and a tag of type 1 makes a mobile number of any")
    func readsOwnersAndTypes() async throws {
        let found = try await inventory(
            [["Number": "01080000001", "Assignee": "li@example"], ["Number": "057180000001"]],
            tags: [["Number": "057180000001", "Type": "1", "Concurrency": 9]])
        #expect(found.map(\.owner) == ["li@example", nil])
        #expect(found.map(\.kind) == [.landline, .mobile])
        #expect(found.map(\.lines) == [1, 1])
    }

    @Test("Concurrency that makes no sense leaves the limit alone, and too much is cut", arguments: [-1, 0, 30])
    func boundsConcurrency(_ concurrency: Int64) async throws {
        let tag: WireText = ["Number": "01080000001", "Concurrency": .integer(concurrency)]
        let found = try await inventory([["Number": "01080000001"]], tags: [tag])
        #expect(found.map(\.lines) == [concurrency == 30 ? 20 : 1])
    }
}

/// The tags' pages and refusals.
@Suite struct PhoneTagTests {
    private func bench(count: Int) -> Bench {
        let bench = Bench()
        let numbers = (0..<count).map { "0108000\(1000 + $0)" }
        bench.gateway.with {
            $0.numbers = numbers.map { ["Number": .string($0)] }
            $0.tags = numbers.map { ["Number": .string($0), "Concurrency": 3] }
        }
        return bench
    }

    @Test("Every page of tags is asked for, long pages or short ones", arguments: [(100, 3), (40, 7)])
    func turnsPages(_ longest: Int, _ pages: Int) async throws {
        let bench = bench(count: 250)
        bench.gateway.with { $0.longestTagPage = longest }
        let found = try await bench.perform { try await $0.outboundNumbers() }
        #expect(found.count == 250)
        #expect(found.allSatisfy { $0.limits.maxConcurrent == 3 })
        #expect(bench.gateway.received("ListPhoneTags").count == pages)
    }

    @Test(
        "An account that may not read tags gets its numbers with default limits",
        arguments: [
            SimulatedGateway.Fault.gateway(status: 403, code: "Forbidden.RAM"),
            .gateway(status: 403, code: "NoPermission"), .gateway(status: 404, code: "InvalidApi.NotFound"),
            .business(status: 200, code: "Permission.Instance"),
        ])
    func toleratesRefusals(_ fault: SimulatedGateway.Fault) async throws {
        let bench = bench(count: 2)
        bench.gateway.with { $0.faults["ListPhoneTags"] = [fault] }
        let found = try await bench.perform { try await $0.outboundNumbers() }
        #expect(found == ["01080001000", "01080001001"].map { OutboundNumber($0) })
        #expect(bench.gateway.received("ListPhoneTags").count == 1)
    }

    @Test("Tags that cannot be had for now are an error and not a refusal")
    func reportsOutages() async throws {
        let bench = bench(count: 2)
        let fault = SimulatedGateway.Fault.gateway(status: 503, code: "ServiceUnavailable")
        bench.gateway.with { $0.faults["ListPhoneTags"] = Array(repeating: fault, count: 4) }
        let error = try await bench.failure { try await $0.outboundNumbers() }
        #expect(error?.meaning == .unavailable && error?.operation == "ListPhoneTags")
    }

    @Test("An account that may not list its numbers is misconfigured")
    func reportsRefusals() async throws {
        let bench = bench(count: 2)
        bench.gateway.with { $0.faults["ListPhoneNumbers"] = [.gateway(status: 403, code: "Forbidden.RAM")] }
        #expect(try await bench.failure { try await $0.outboundNumbers() }?.meaning == .misconfigured)
    }

    @Test("A list of which nothing can be read is no empty inventory")
    func refusesUnreadableLists() async throws {
        let bench = bench(count: 0)
        bench.gateway.with { $0.numbers = [["Nummer": "01080000001"]] }
        #expect(try await bench.failure { try await $0.outboundNumbers() }?.code == GatewayAnswer.malformed)
        bench.gateway.with { $0.numbers = [] }
        #expect(try await bench.perform { try await $0.outboundNumbers() }.isEmpty)
    }
}
