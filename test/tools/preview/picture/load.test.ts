import { expect } from "chai";
import { loadOf, loadWithoutZone } from "../../../../tools/preview/picture/load";
import { type Capacity, type PictureNode } from "../../../../tools/preview/picture/types";

function part(id: string, label: string, capacity?: Partial<Capacity>, kind = "instances"): PictureNode {
    return {
        id,
        kind: kind as PictureNode["kind"],
        label,
        caption: "",
        group: "",
        zones: ["a", "b", "c"],
        resources: [],
        ...(capacity === undefined
            ? {}
            : { capacity: { unit: "instance", now: 1, most: 1, source: "its resources", ...capacity } }),
    };
}

const lines = (
    lost: readonly PictureNode[],
    taking: readonly PictureNode[],
    busy: readonly string[] = [],
    copies: readonly (readonly [string, string[]])[] = [],
): string[] =>
    loadOf(lost, taking, new Set(busy), new Map(copies)).map(
        ({ by, verdict, text }) => `${by.join(" ")} ${verdict}: ${text}`,
    );

describe("the load of what is lost", () => {
    const lost = part("us", "web", { now: 6, most: 12 });

    it("is carried at once by as many that wait for it, and after growing by those that may grow", () => {
        expect(lines([lost], [part("eu", "web", { now: 6, most: 12 })])).to.deep.equal([
            "eu ready: 6 instances for the work of 6",
        ]);
        expect(lines([lost], [part("eu", "web", { now: 1, most: 12 })])).to.deep.equal([
            "eu grows: has to grow from 1 to 6 instances, and may to 12",
        ]);
    });

    it("comes on top of the work that who takes it has already", () => {
        const busy = part("eu", "web", { now: 6, most: 11 });
        expect(lines([lost], [busy], ["eu"])).to.deep.equal([
            "eu short: 11 instances at most for the work of 12",
        ]);
        expect(lines([lost], [busy])).to.deep.equal([
            "eu grows: 6 instances for the work of 6; when all had grown to their most, 12 instances for which there are 11",
        ]);
    });

    it("is parted among all that take it", () => {
        const taking = ["eu", "ap"].map((id) => part(id, "web", { now: 2, most: 12 }));
        expect(lines([lost], taking, ["eu", "ap"])).to.deep.equal([
            "eu ap grows: has to grow from 4 to 10 instances, and may to 24; when all had grown to their most, 36 instances for which there are 24",
        ]);
    });

    it("is not compared with what is of another size, of another name, or without a number", () => {
        const small = part("eu", "web", { now: 6, most: 12, size: "t4g.small" });
        const large = part("us", "web", { now: 6, most: 12, size: "m7g.large" });
        expect(lines([large], [small])).to.deep.equal([
            "eu unknown: of another size: m7g.large and t4g.small",
        ]);
        expect(lines([lost], [part("eu", "web")])).to.deep.equal([
            "eu unknown: its resources do not say how much it can carry",
        ]);
        expect(lines([lost], [part("eu", "one", { now: 6 }), part("ap", "two", { now: 6 })])).to.deep.equal([
            " unknown: nothing of its kind and name is where requests go",
        ]);
    });

    it("goes to what has a copy of the data, whatever that is called", () => {
        const db = part("us", "db", { unit: "ACU", now: 1, most: 8 }, "database");
        const member = part("eu", "db-eu", { unit: "ACU", now: 1, most: 4 }, "database");
        const other = part("x", "db", { unit: "ACU", now: 1, most: 8 }, "database");
        expect(lines([db], [member, other], [], [["us", ["eu"]]])).to.deep.equal([
            "eu grows: 1 ACU for the work of 1; when all had grown to their most, 8 ACU for which there are 4",
        ]);
    });

    it("is without a zone that of the fullest one, and of a single instance all", () => {
        const texts = loadWithoutZone([
            part("many", "many", { now: 7, most: 9 }),
            part("one", "one", { now: 1, most: 2 }),
            part("none", "none"),
        ]).map(({ verdict, text }) => `${verdict}: ${text}`);
        expect(texts).to.deep.equal([
            "grows: 4 of 7 instances until the others are made anew in the other zones; 9 at most there",
            "short: 0 of 1 instance until the others are made anew in the other zones; 2 at most there",
        ]);
    });
});
