/// The table of `pacing.md`, section 4, in percent: the field's best with settings found in hindsight, and a first controller.
struct Published {
    var ratio, vicidial, research: Double

    init(_ ratio: Double, _ vicidial: Double, _ research: Double) {
        self.ratio = ratio
        self.vicidial = vicidial
        self.research = research
    }

    static let figures: [String: Published] = [
        "grid_n3_p15": Published(48.1, 51.5, 55.6), "grid_n3_p35": Published(64.8, 63.8, 66.0),
        "grid_n3_p60": Published(70.3, 71.1, 71.7), "grid_n10_p15": Published(64.7, 64.5, 68.9),
        "grid_n10_p35": Published(68.7, 68.6, 71.4), "grid_n10_p60": Published(70.5, 72.7, 74.5),
        "grid_n50_p15": Published(77.1, 73.9, 78.8), "grid_n50_p35": Published(77.6, 77.2, 79.6),
        "grid_n50_p60": Published(77.6, 78.0, 80.2), "grid_n200_p15": Published(78.8, 78.3, 82.8),
        "grid_n200_p35": Published(81.4, 81.1, 83.4), "grid_n200_p60": Published(82.2, 82.0, 83.5),
        "drift_n10": Published(65.1, 67.1, 70.4), "drift_n50": Published(77.3, 76.4, 79.5),
        "drift_n200": Published(79.5, 79.5, 83.3), "segments_n10": Published(64.1, 66.9, 72.0),
        "segments_n50": Published(74.2, 74.9, 79.6), "segments_n200": Published(77.8, 77.8, 83.2),
        "cold_n10": Published(70.6, 73.2, 73.2), "cold_n50": Published(76.7, 76.2, 79.1),
        "listend_n10": Published(67.5, 64.5, 68.8), "listend_n50": Published(75.5, 74.4, 78.6),
        "lunch_n10": Published(65.6, 68.0, 70.2), "lunch_n50": Published(76.0, 76.2, 78.8),
        "outage_n10": Published(68.2, 68.3, 71.3), "outage_n50": Published(77.1, 76.4, 78.9),
        "trunk_n50": Published(76.7, 75.8, 78.5),
    ]
}
