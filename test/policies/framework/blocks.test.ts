import { expect } from "chai";
import { isPrivate, isWithin } from "../../../policies/framework/blocks";

describe("IPv4 blocks of policies", () => {
    it("contain themselves and what is inside", () => {
        expect(isWithin("10.10.0.0/16", "10.10.0.0/16")).to.equal(true);
        expect(isWithin("10.10.255.0/24", "10.10.0.0/16")).to.equal(true);
        expect(isWithin("203.0.113.7/32", "0.0.0.0/0")).to.equal(true);
    });

    it("contain nothing that is larger, beside them or no block", () => {
        expect(isWithin("10.0.0.0/8", "10.10.0.0/16")).to.equal(false);
        expect(isWithin("10.11.0.0/24", "10.10.0.0/16")).to.equal(false);
        for (const other of ["::/0", "10.10.0.0", "10.10.0.256/32", "10.10.0.0/33", ""]) {
            expect(isWithin(other, "10.10.0.0/16"), other).to.equal(false);
        }
    });

    it("are private by RFC 1918", () => {
        expect(["10.0.0.0/8", "172.31.0.0/16", "192.168.1.0/24"].every(isPrivate)).to.equal(true);
        expect(["0.0.0.0/0", "172.32.0.0/16", "11.0.0.0/8", "10.0.0.0/7"].some(isPrivate)).to.equal(false);
    });
});
