/// What kind of line a number reaches, by its country's numbering plan; a number may have moved to another network since.
package enum NumberKind: String, CaseIterable, Hashable, Sendable {
    /// A mobile telephone.
    case mobile
    /// A telephone at a fixed place.
    case landline
    /// Either; plans such as North America's do not tell them apart.
    case fixedOrMobile = "fixed_or_mobile"
    /// Free of charge for whoever calls it.
    case tollFree = "toll_free"
    /// Dearer than a call, for a service.
    case premium
    /// A telephone on the internet.
    case voip
    /// Personal numbers, pagers, shared-cost, voicemail and company-wide numbers.
    case other
    /// The numbering plan, as far as we have it, does not say.
    case unknown
}
