import DialModel
import Monitoring
import Testing

@Suite("Time counts as lost only while something could go on and does not")
struct ProgressWatchTests {
    private typealias Standing = ProgressWatch.Standing
    private let start = Timestamp(milliseconds: 1_767_319_384_000)

    private func after(_ seconds: Int) -> Timestamp { start + .seconds(seconds) }

    @Test("Nothing is lost while calls begin and end")
    func progress() {
        var watch = ProgressWatch(at: start)
        for minute in 1...10 {
            watch.note(Standing(couldDial: true, openCalls: minute % 2, changes: minute), at: after(minute * 60))
        }
        #expect(watch.stalled(at: after(600)) == .zero && watch.lastProgressAt == after(600))
        #expect(!watch.hasNeverMoved)
    }

    @Test("From the last change on, time is lost while calls could be placed")
    func stalled() {
        var watch = ProgressWatch(at: start)
        watch.note(Standing(couldDial: true, openCalls: 0, changes: 4), at: after(60))
        watch.note(Standing(couldDial: true, openCalls: 0, changes: 4), at: after(120))
        #expect(watch.stalled(at: after(180)) == .seconds(120))
        watch.note(Standing(couldDial: true, openCalls: 0, changes: 5), at: after(200))
        #expect(watch.stalled(at: after(200)) == .zero)
    }

    @Test("Closed hours, a pause, nobody there or everything finished: time counts from their end")
    func held() {
        var watch = ProgressWatch(at: start)
        watch.note(Standing(couldDial: false, openCalls: 0, changes: 4), at: after(60))
        watch.note(Standing(couldDial: false, openCalls: 0, changes: 4), at: after(3_600))
        #expect(watch.stalled(at: after(3_600)) == .zero)
        watch.note(Standing(couldDial: true, openCalls: 0, changes: 4), at: after(3_605))
        #expect(watch.stalled(at: after(3_610)) == .seconds(10))
    }

    @Test("A conversation that lasts is no standstill")
    func conversation() {
        var watch = ProgressWatch(at: start)
        watch.note(Standing(couldDial: true, openCalls: 1, changes: 4), at: after(60))
        watch.note(Standing(couldDial: true, openCalls: 1, changes: 4), at: after(1_800))
        #expect(watch.stalled(at: after(1_800)) == .zero)
    }

    @Test("A run that has not moved since it began says so")
    func never() {
        var watch = ProgressWatch(at: start)
        watch.note(Standing(couldDial: true, openCalls: 0, changes: 0), at: after(60))
        #expect(watch.hasNeverMoved && watch.stalled(at: after(60)) == .seconds(60) && watch.lastProgressAt == nil)
    }
}
