import CallerID
import DialModel
import Testing

/// The table of `vendors/alibaba-udesk.md`, C4; where nothing else is said, the strategy takes the longest rested.
@Suite struct SelectionTests {
    @Test func `S1: a busy local number yields to one of the province`() {
        let desk = Desk { $0.usages["051480000001"] = .busy(1) }
        let selection = desk.select(.jiangsu("扬州"))
        #expect(selection.answer == .chosen(CallerIDPick(number: "02580000001", tier: .province)))
        #expect(selection.reason("051480000001") == .atConcurrency)
        #expect(selection.reason("02580000001") == nil)
    }

    @Test func `S2: a contact may wait for a local number that is only busy`() {
        var desk = Desk { $0.usages["051480000001"] = .busy(1) }
        desk.rules.holdForLocal = .seconds(20)
        #expect(desk.select(.jiangsu("扬州")).retryAt == .ten + .seconds(5))
        desk.rules.holdForLocal = .seconds(3)
        #expect(desk.select(.jiangsu("扬州")).retryAt == .ten + .seconds(3))
        #expect(desk.select(.jiangsu("扬州"), waited: .seconds(1)).retryAt == .ten + .seconds(2))
        #expect(desk.select(.jiangsu("扬州"), waited: .seconds(3)).number == "02580000001")
        #expect(
            desk.select(.jiangsu("徐州")).number == "02580000001", "where there is no local number, none is waited for")
        desk.limits["051480000001"] = NumberLimits(maxPerDay: 1)
        desk.usages["051480000001"] = NumberUsage(expiries: [.ten + .seconds(60)], dials: 1, lastDialAt: .ten)
        #expect(desk.select(.jiangsu("扬州")).number == "02580000001", "a number that is also used up is not waited for")
    }

    @Test func `S3: a city's only number being busy is no reason to give up`() {
        let desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.usages["051480000001"] = .busy(1)
        }
        #expect(desk.select(.jiangsu("扬州")).retryAt == .ten + .seconds(5))
        #expect(desk.select(.jiangsu("徐州")).isWithoutNumber)
    }

    @Test func `S3: a line that lapses sooner is waited for no longer`() {
        let desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.usages["051480000001"] = NumberUsage(expiries: [.ten + .seconds(2)])
        }
        #expect(desk.select(.jiangsu("扬州")).retryAt == .ten + .seconds(2))
        #expect(desk.select(.jiangsu("扬州"), at: .ten + .seconds(2)).number == "051480000001")
    }

    @Test func `S4: a number used up for the day comes back when its window opens`() {
        let desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.limits["051480000001"] = NumberLimits(maxPerDay: 3)
            $0.usages["051480000001"] = NumberUsage(dials: 3, lastDialAt: .ten - .seconds(600))
        }
        let selection = desk.select(.jiangsu("扬州"))
        #expect(selection.retryAt == .at(day: 1, 8))
        #expect(selection.reason("051480000001") == .atDailyCap)
        #expect(desk.select(.jiangsu("扬州"), at: .at(day: 1, 8)).number == "051480000001")
    }

    @Test func `S5: a number rests for its whole gap`() {
        var desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.limits["051480000001"] = NumberLimits(minGap: .seconds(60))
            $0.usages["051480000001"] = NumberUsage(dials: 1, lastDialAt: .ten - .seconds(59))
        }
        #expect(desk.select(.jiangsu("扬州")).reason("051480000001") == .coolingDown)
        #expect(desk.select(.jiangsu("扬州")).retryAt == .ten + .seconds(1))
        desk.usages["051480000001"] = NumberUsage(dials: 1, lastDialAt: .ten - .seconds(60))
        #expect(desk.select(.jiangsu("扬州")).number == "051480000001")
    }

    @Test func `S6: a callee rung often enough today is left until tomorrow, and no number is tried`() {
        let selection = Desk().select(.jiangsu("扬州"), callee: CalleeUsage(dialsToday: 5))
        #expect(selection.answer == .deferCallee(until: .at(day: 1, 8), .dailyLimit))
        #expect(selection.verdicts.isEmpty)
        #expect(Desk().select(.jiangsu("扬州"), callee: CalleeUsage(dialsToday: 4)).number == "051480000001")
    }

    @Test func `S7: a province that no number may call has none, however long one waits`() {
        let region = NumberRegion(province: "新疆维吾尔自治区", city: "乌鲁木齐市")
        var desk = Desk { desk in
            for number in Inventory.table.numbers {
                desk.limits[number.number] = NumberLimits(blockedProvinces: ["新疆", "西藏自治区"])
            }
        }
        desk.usages["01080000001"] = .busy(1)
        let selection = desk.select(region)
        #expect(selection.isWithoutNumber)
        #expect(Set(selection.verdicts.map(\.reason)) == [.blockedProvince])
        #expect(desk.select(.jiangsu("扬州")).number == "051480000001")
        #expect(desk.select(NumberRegion(province: "西藏")).isWithoutNumber)
    }

    @Test func `S8: windows are half-open`() {
        #expect(Desk().select(.jiangsu("扬州"), at: .at(21, 59, 59)).number == "051480000001")
        let late = Desk().select(.jiangsu("扬州"), at: .at(22))
        #expect(late.answer == .deferCallee(until: .at(day: 1, 8), .outsideWindow))
        let early = Desk().select(.jiangsu("扬州"), at: .at(7, 59, 59))
        #expect(early.answer == .deferCallee(until: .at(8), .outsideWindow))
        #expect(Desk().select(.jiangsu("扬州"), at: .at(8)).number == "051480000001")
    }

    @Test func `S9: a pool of virtual numbers carries no more calls a minute than it has numbers`() {
        let pool = VirtualPool(id: "x", size: 2)
        var desk = Desk(.init(strategy: .roundRobin, isVirtual: true))
        desk.virtuals["057180000002"] = VirtualNumber(pool: pool, region: .jiangsu("扬州"))
        desk.virtualDials = ["x": [.ten - .seconds(10), .ten - .seconds(50), .ten - .seconds(60)]]
        let selection = desk.select(.jiangsu("扬州"))
        #expect(selection.retryAt == .ten + .seconds(10))
        #expect(selection.verdicts.map(\.number) == ["057180000002"])
        #expect(selection.reason("057180000002") == .virtualPoolExhausted)
        desk.virtualDials = ["x": [.ten - .seconds(10), .ten - .seconds(60)]]
        #expect(desk.select(.jiangsu("扬州")).answer == .chosen(CallerIDPick(number: "057180000002", tier: .city)))
        desk.rules.isVirtual = false
        desk.virtualDials = ["x": [.ten, .ten]]
        #expect(desk.select(NumberRegion(province: "浙江", city: "杭州")).number == "057180000001")
    }

    @Test func `S9: the index counts the same minute`() {
        let pool = VirtualPool(id: "x", size: 1)
        let number = OutboundNumber("0251", pools: ["p"], virtual: VirtualNumber(pool: pool, region: .jiangsu("扬州")))
        var index = CallerIDIndex(
            inventory: NumberInventory(numbers: [number], groups: []),
            pools: [CallerIDPool(id: "p", rules: CallerIDRules(isVirtual: true))], virtualDials: ["x": [.ten]], at: .ten
        )
        let request = CallerIDRequest(region: .jiangsu("扬州"))
        let end = Timestamp.ten + .seconds(60)
        let before = index.select(request, from: "p", at: end - .milliseconds(1), seed: 1)
        var reasons = ReasonCounts()
        reasons[.virtualPoolExhausted] = 1
        #expect(before == .retryAt(end, reasons))
        #expect(index.select(request, from: "p", at: end, seed: 1).pick?.number == "0251")
    }

    @Test func `A number in quarantine comes back at its end, and a paused one does not`() {
        let until = Timestamp.ten + .seconds(1_800)
        var desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.statuses["051480000001"] = .quarantined(until: until)
        }
        #expect(desk.select(.jiangsu("扬州")).retryAt == until)
        #expect(desk.select(.jiangsu("扬州")).reason("051480000001") == .quarantined)
        #expect(desk.select(.jiangsu("扬州"), at: until).number == "051480000001")
        desk.statuses["051480000001"] = .paused
        desk.usages["051480000001"] = .busy(1)
        #expect(desk.select(.jiangsu("扬州")).isWithoutNumber)
        #expect(desk.select(.jiangsu("扬州")).reason("051480000001") == .paused)
        desk.rules.regionMode = .cityProvinceAny
        #expect(desk.select(.jiangsu("扬州")).number == "02580000001")
    }

    @Test func `S10: lines are clamped to twenty, and to one for a mobile number`() {
        #expect(NumberLimits(maxConcurrent: 25).maxConcurrent == 20)
        #expect(OutboundNumber("02580000001", limits: NumberLimits(maxConcurrent: 25)).lines == 20)
        #expect(OutboundNumber("13800138000", limits: NumberLimits(maxConcurrent: 25)).lines == 1)
        #expect(NumberLimits(maxConcurrent: 0).maxConcurrent == 1)
        var desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOnly)) {
            $0.limits["051480000001"] = NumberLimits(maxConcurrent: 25)
            $0.usages["051480000001"] = .busy(19)
        }
        #expect(desk.select(.jiangsu("扬州")).number == "051480000001")
        desk.usages["051480000001"] = .busy(20)
        #expect(desk.select(.jiangsu("扬州")).reason("051480000001") == .atConcurrency)
    }

    @Test func `S11: two hundred requests on three numbers of two lines get six`() {
        let numbers = (1...3).map {
            OutboundNumber("0258000000\($0)", pools: ["p"], limits: NumberLimits(maxConcurrent: 2))
        }
        let pool = CallerIDPool(id: "p", rules: CallerIDRules(strategy: .leastUsed, regionMode: .any))
        var index = CallerIDIndex(inventory: NumberInventory(numbers: numbers, groups: []), pools: [pool], at: .ten)
        var chosen: [String] = []
        var refused = 0
        for attempt in 1...200 as ClosedRange<Int64> {
            switch index.select(CallerIDRequest(region: .jiangsu("扬州")), from: "p", at: .ten, seed: 1) {
            case .chosen(let pick):
                chosen.append(pick.number)
                index.reserve(
                    CallerIDReservation(attempt: AttemptID(attempt), number: pick.number, at: .ten), from: "p")
            case .retryAt(.ten + .seconds(5), let reasons):
                refused += 1
                #expect(reasons[.atConcurrency] == 3)
            default: Issue.record("attempt \(attempt) got neither a number nor a time")
            }
        }
        #expect(chosen.sorted() == ["1", "1", "2", "2", "3", "3"].map { "0258000000\($0)" })
        #expect(refused == 194)
    }

    @Test func `S13: the callee sees another number each time, but rather the same than none`() {
        var desk = Desk(.init(strategy: .roundRobin, avoidRepeatCaller: true))
        let seen = CalleeUsage(callersToday: ["051480000001"])
        let other = desk.select(.jiangsu("扬州"), callee: seen)
        #expect(other.number == "02580000001")
        #expect(other.reason("051480000001") == .calleeCallerRepeat)
        desk.rules.regionMode = .cityOnly
        #expect(desk.select(.jiangsu("扬州"), callee: seen).number == "051480000001")
        desk.rules.avoidRepeatCaller = false
        desk.rules.regionMode = .cityProvinceAny
        #expect(desk.select(.jiangsu("扬州"), callee: seen).number == "051480000001")
    }

    @Test func `S14: the tier goes before the weight`() {
        let desk = Desk(.init(strategy: .weighted)) { $0.limits["051480000001"] = NumberLimits(weight: 0) }
        #expect(desk.select(.jiangsu("扬州")).number == "051480000001")
        let idle = Desk { $0.limits["02580000001"] = NumberLimits(weight: 0) }
        #expect(idle.select(.jiangsu("徐州")).number == "051280000001", "weight 0 only where nothing else is left")
    }

    @Test func `S15: where numbers have to be near, an unknown region has none`() {
        let desk = Desk(.init(strategy: .roundRobin, regionMode: .cityOrProvince))
        let selection = desk.select(NumberRegion())
        #expect(selection.isWithoutNumber)
        #expect(Set(selection.verdicts.map(\.reason)) == [.noRegion])
        #expect(Desk().select(NumberRegion()).tier == .elsewhere)
        #expect(desk.select(NumberRegion(province: "广东")).verdicts.allSatisfy { $0.reason == .notLocal })
    }

    @Test func `S16: a dial prefix is dialled, and nothing else knows of it`() throws {
        let callee = try #require(CalleeNumber.normalised("+86 138 0013 8000"))
        let prefixes = DialPrefixes(general: DialPrefix("9"))
        #expect(callee == "13800138000")
        #expect(DialString.compose(callee, vendor: prefixes) == "913800138000")
    }
}
