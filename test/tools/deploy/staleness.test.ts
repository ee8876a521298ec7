import { expect } from "chai";
import { describeStale, staleReferences, unwrapSecrets } from "../../../tools/deploy/staleness";
import { globalState } from "./deployments";

const SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
};

describe("stale references", () => {
    const outputs = { url: "u", origin: { dnsName: "a", headerValue: "hush" }, zones: ["a", "b"] };

    function compare(then: Record<string, unknown>, now: Record<string, unknown>) {
        return staleReferences(globalState({ "prod-us": then }), new Map([["prod-us", now]]));
    }

    it("are none while outputs are what they were, whatever the order of their keys", () => {
        const turned = { zones: ["a", "b"], origin: { headerValue: "hush", dnsName: "a" }, url: "u" };
        expect(compare(outputs, turned)).to.deep.equal([]);
    });

    it("name what changed, came and went", () => {
        const now = { url: "u", origin: { dnsName: "b", headerValue: "hush" }, zones: ["b", "a"], more: 1 };
        expect(compare(outputs, now)).to.deep.equal([
            { stack: "prod-us", outputs: ["more", "origin.dnsName", "zones"] },
        ]);
        expect(compare({ gone: 1 }, {})).to.deep.equal([{ stack: "prod-us", outputs: ["gone"] }]);
    });

    it("see through secrets, alone, within others, and around all outputs", () => {
        const wrap = (value: unknown) => ({ ...SECRET, plaintext: JSON.stringify(value) });
        const within = { ...outputs, origin: wrap({ dnsName: "a", headerValue: wrap("hush") }) };
        expect(compare(within, outputs)).to.deep.equal([]);
        expect(unwrapSecrets(wrap(within))).to.deep.equal(outputs);
        expect(compare(within, { ...outputs, origin: { dnsName: "a", headerValue: "loud" } })).to.deep.equal([
            { stack: "prod-us", outputs: ["origin.headerValue"] },
        ]);
    });

    it("count what cannot be decrypted as changed", () => {
        expect(compare({ key: { ...SECRET, ciphertext: "v1:x" } }, { key: "k" })).to.deep.equal([
            { stack: "prod-us", outputs: ["key"] },
        ]);
    });

    it("are those of every stack that is to be read, also where it never was", () => {
        const current = new Map([
            ["prod-us", outputs],
            ["prod-ap", outputs],
        ]);
        expect(staleReferences(globalState({ "prod-us": outputs }), current)).to.deep.equal([
            { stack: "prod-ap", outputs: [] },
        ]);
    });

    it("are told in a line", () => {
        const names = ["a", "b", "c", "d", "e", "f", "g"];
        expect(describeStale({ stack: "prod-us", outputs: names.slice(0, 5) })).to.equal(
            "prod-us has changed: a, b, c, d, e",
        );
        expect(describeStale({ stack: "prod-us", outputs: names })).to.equal(
            "prod-us has changed: a, b, c, d, e and 2 more",
        );
        expect(describeStale({ stack: "prod-ap", outputs: [] })).to.equal("prod-ap was not read yet");
    });
});
