import DialModel
import Testing

@testable import UdeskVendor

@Suite("Signatures of the Open API")
struct SignatureTests {
    @Test("The vector of the fact sheet comes out (vendors/alibaba-udesk.md, B1)")
    func vector() {
        let sign = OpenAPISignature.sign(
            email: "admin@udesk.cn", token: Secret("0123456789abcdef"), timestamp: 1_494_474_404,
            nonce: "2d931510-d99f-494a-8c67-87feb05e1594")
        #expect(sign == "5ae7a50feb6a42a5c2dc0b4f2c55ea78b87790fc15d0c11e047a56bc256573fc")
    }

    @Test("A query is encoded but for the unreserved characters")
    func query() {
        let text = URLQuery.text([("email", "a+b@udesk.cn"), ("start_time", "2018-03-22 11:48:05"), ("x", "~中._-")])
        #expect(text == "email=a%2Bb%40udesk.cn&start_time=2018-03-22%2011%3A48%3A05&x=~%E4%B8%AD._-")
    }
}
