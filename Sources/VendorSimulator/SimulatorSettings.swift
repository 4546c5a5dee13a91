package import CallModel
import CallerID
package import DialModel

/// Everything that a simulator is built with.
package struct SimulatorSettings: Sendable {
    /// The TCP port on 127.0.0.1; zero for any that is free.
    package var port: UInt16
    /// What tells two runs with the same settings apart.
    package var seed: UInt64
    /// The call centre's own figures, the number of its agents among them.
    package var centre: CallCentreSettings
    /// How callees and agents behave.
    package var callModel: CallModelSettings
    /// The account that the dialect serves.
    package var account: SimulatedAccount
    /// The tenant that the dialect of Well serves; the account's numbers are those that its trunk may show.
    package var well: SimulatedWell
    /// The regions of callees' numbers by prefix of the national form; the longest that fits counts.
    package var regions: [RegionPrefix]
    /// How long after the end of a call its record turns up.
    package var recordDelay: Duration
    /// How far a request's time may be off (`vendors/alibaba-udesk.md`, A1.2).
    package var timestampTolerance: Duration
    /// How long ago an agent may have last changed state and still be listed (`vendors/alibaba-udesk.md`, A2.3); nil
    /// for ever.
    package var listsAgentsFor: Duration?
    /// Callees whom the account may not call.
    package var blockedCallees: [String]
    /// The enterprise that WinCall serves.
    package var winCall: WinCallSimulation
    /// The tenant that the dialect of Udesk serves; the account's numbers are its relay numbers.
    package var udesk: SimulatedUdesk
    /// The CCPaaS tenant that the stand-in SDK is connected to; the account's numbers are its SP numbers.
    package var ccpaas: SimulatedCCPaaS
    /// What goes wrong from the start.
    package var faults: SimulatorFaults
    /// A file to which a JSON line is appended for every call placed and every call ended.
    package var callLog: String?
    /// Whether anybody on the machine may ask what goes on, whole numbers included, and switch faults on.
    package var isOpenToAll: Bool

    /// Memberwise; without arguments, the built-in simulator of the command.
    package init(
        port: UInt16 = 0, seed: UInt64 = 1, centre: CallCentreSettings = CallCentreSettings(agents: 5),
        callModel: CallModelSettings = CallModelSettings(), account: SimulatedAccount = .demo,
        well: SimulatedWell = .demo, regions: [RegionPrefix] = RegionPrefix.builtIn, recordDelay: Duration = .zero,
        timestampTolerance: Duration = .seconds(900), listsAgentsFor: Duration? = .seconds(4 * 3600),
        blockedCallees: [String] = [], winCall: WinCallSimulation = WinCallSimulation(),
        udesk: SimulatedUdesk = .demo, ccpaas: SimulatedCCPaaS = SimulatedCCPaaS(),
        faults: SimulatorFaults = SimulatorFaults(), callLog: String? = nil, isOpenToAll: Bool = true
    ) {
        self.port = port
        self.seed = seed
        self.centre = centre
        self.callModel = callModel
        self.account = account
        self.well = well
        self.regions = regions
        self.recordDelay = recordDelay
        self.timestampTolerance = timestampTolerance
        self.listsAgentsFor = listsAgentsFor
        self.blockedCallees = blockedCallees
        self.winCall = winCall
        self.udesk = udesk
        self.ccpaas = ccpaas
        self.faults = faults
        self.callLog = callLog
        self.isOpenToAll = isOpenToAll
    }

    /// How the call centre's agents and diallers are signed in by clients that do so, all with one password.
    package func logins(password: Secret) -> [AgentLogin] {
        let centre = SimulatedCallCentre(
            settings: centre, model: CallModel(settings: callModel, seed: seed), start: Timestamp(milliseconds: 0))
        return centre.agents.map { agent in
            AgentLogin(
                agent: AgentID(agent.jobNumber), name: agent.name, password: password, phone: agent.extensionNumber,
                isDialler: agent.isDialler)
        }
    }
}

/// The account of a simulated vendor: its credentials, its one skill group and its numbers.
package struct SimulatedAccount: Sendable {
    /// The access key's id.
    package var accessKeyID: String
    /// The access key's secret.
    package var accessKeySecret: Secret
    /// The call centre's instance.
    package var instanceID: String
    /// The call centre's second-level domain, which follows an agent's id in `RoutPoint`.
    package var subdomain: String
    /// The id of the skill group.
    package var skillGroupID: String
    /// The name of the skill group.
    package var skillGroupName: String
    /// The name of the skill group's queue.
    package var queueName: String
    /// The numbers that may be shown; those of no group belong to the one there is.
    package var numbers: [OutboundNumber]

    /// Memberwise.
    package init(
        accessKeyID: String, accessKeySecret: Secret, instanceID: String, subdomain: String, skillGroupID: String,
        skillGroupName: String, queueName: String, numbers: [OutboundNumber]
    ) {
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.instanceID = instanceID
        self.subdomain = subdomain
        self.skillGroupID = skillGroupID
        self.skillGroupName = skillGroupName
        self.queueName = queueName
        self.numbers = numbers
    }

    /// The account of the built-in simulator; its credentials are no secret and open nothing else.
    package static let demo = SimulatedAccount(
        accessKeyID: "simulator", accessKeySecret: Secret("simulator-secret"), instanceID: "simulator",
        subdomain: "simulator", skillGroupID: "sg-sales", skillGroupName: "sales", queueName: "sales-queue",
        numbers: [
            OutboundNumber("01080000001", region: NumberRegion(province: "北京", city: "北京")),
            OutboundNumber("01080000002", region: NumberRegion(province: "北京", city: "北京")),
            OutboundNumber("02180000001", region: NumberRegion(province: "上海", city: "上海")),
            OutboundNumber("02580000001", region: NumberRegion(province: "江苏", city: "南京")),
            OutboundNumber("051480000001", region: NumberRegion(province: "江苏", city: "扬州")),
            OutboundNumber("057180000001", region: NumberRegion(province: "浙江", city: "杭州")),
            OutboundNumber("075580000001", region: NumberRegion(province: "广东", city: "深圳")),
            OutboundNumber("02880000001"),
        ])

    /// The numbers and the group in the form in which a choice is made of them.
    var inventory: NumberInventory {
        var bound = numbers
        for index in bound.indices where bound[index].skillGroups.isEmpty && bound[index].owner == nil {
            bound[index].skillGroups = [skillGroupID]
        }
        return NumberInventory(numbers: bound, groups: [CallerGroup(id: skillGroupID)])
    }
}

/// A region and the digits that its numbers start with.
package struct RegionPrefix: Hashable, Sendable {
    /// The first digits of a number's national form.
    package var digits: String
    /// Where such numbers belong.
    package var region: NumberRegion

    /// Memberwise.
    package init(_ digits: String, _ province: String, _ city: String) {
        self.digits = digits
        region = NumberRegion(province: province, city: city)
    }

    /// Area codes and a few mobile prefixes: enough for every tier of a choice.
    package static let builtIn = [
        RegionPrefix("010", "北京", "北京"), RegionPrefix("021", "上海", "上海"), RegionPrefix("022", "天津", "天津"),
        RegionPrefix("023", "重庆", "重庆"), RegionPrefix("020", "广东", "广州"), RegionPrefix("025", "江苏", "南京"),
        RegionPrefix("027", "湖北", "武汉"), RegionPrefix("028", "四川", "成都"), RegionPrefix("029", "陕西", "西安"),
        RegionPrefix("0512", "江苏", "苏州"), RegionPrefix("0514", "江苏", "扬州"), RegionPrefix("0516", "江苏", "徐州"),
        RegionPrefix("0571", "浙江", "杭州"), RegionPrefix("0574", "浙江", "宁波"), RegionPrefix("0755", "广东", "深圳"),
        RegionPrefix("1380013", "北京", "北京"), RegionPrefix("1380057", "浙江", "杭州"),
        RegionPrefix("1380051", "江苏", "南京"), RegionPrefix("1381234", "江苏", "苏州"),
    ]
}
