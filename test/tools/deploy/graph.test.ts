import { expect } from "chai";
import { UsageError } from "../../../tools/deploy/errors";
import { chooseStacks, readersOf, stackGraph, type Verb, waitsFor, waves } from "../../../tools/deploy/graph";

const FILES = ["dev-global", "dev-us", "prod-ap", "prod-eu", "prod-global", "prod-us"];

function order(verb: Verb, asked: readonly string[] = []): readonly (readonly string[])[] {
    const graph = stackGraph("prod", FILES);
    return waves(waitsFor(graph, chooseStacks(graph, asked), verb));
}

describe("the graph of stacks", () => {
    it("is read from the stack files of the environment", () => {
        expect(stackGraph("prod", FILES)).to.deep.equal({
            environment: "prod",
            stacks: [
                { name: "prod-ap", key: "ap", reads: [] },
                { name: "prod-eu", key: "eu", reads: [] },
                { name: "prod-us", key: "us", reads: [] },
                { name: "prod-global", key: "global", reads: ["prod-ap", "prod-eu", "prod-us"] },
            ],
        });
        expect(stackGraph("dev", FILES).stacks.map(({ name }) => name)).to.deep.equal([
            "dev-us",
            "dev-global",
        ]);
    });

    it("takes an environment of several words for one of its own", () => {
        const files = ["prod-us", "prod-blue-us", "prod-blue-global"];
        expect(stackGraph("prod", files).stacks.map(({ name }) => name)).to.deep.equal(["prod-us"]);
        expect(stackGraph("prod-blue", files).stacks[1]?.reads).to.deep.equal(["prod-blue-us"]);
    });

    it("says which environments there are when one is not there", () => {
        expect(() => stackGraph("pord", FILES)).to.throw(
            UsageError,
            "There is no stack of the environment pord: environments are dev, prod. Did you mean prod?",
        );
        expect(() => stackGraph("prod", [])).to.throw(
            UsageError,
            "There is no stack of the environment prod: there are no stack files.",
        );
    });

    it("goes up with the regions side by side, then the global stack", () => {
        expect(order("up")).to.deep.equal([["prod-ap", "prod-eu", "prod-us"], ["prod-global"]]);
    });

    it("is destroyed the other way round", () => {
        expect(order("destroy")).to.deep.equal([["prod-global"], ["prod-ap", "prod-eu", "prod-us"]]);
    });

    it("is previewed all at once", () => {
        expect(order("preview")).to.deep.equal([["prod-ap", "prod-eu", "prod-us", "prod-global"]]);
    });

    it("takes stacks by name and by key, each once", () => {
        expect(order("up", ["global", "prod-us", "us"])).to.deep.equal([["prod-us"], ["prod-global"]]);
        expect(order("up", ["global"])).to.deep.equal([["prod-global"]]);
    });

    it("names every stack that there is not", () => {
        const graph = stackGraph("prod", FILES);
        expect(() => chooseStacks(graph, ["us", "ue", "nowhere"])).to.throw(
            UsageError,
            "There is no stack ue: the stacks are prod-ap, prod-eu, prod-us, prod-global. Did you mean us?\n" +
                "There is no stack nowhere: the stacks are prod-ap, prod-eu, prod-us, prod-global.",
        );
    });

    it("knows who reads a stack", () => {
        const graph = stackGraph("prod", FILES);
        expect(readersOf(graph, "prod-us")).to.deep.equal(["prod-global"]);
        expect(readersOf(graph, "prod-global")).to.deep.equal([]);
    });

    it("refuses stacks that wait for each other", () => {
        expect(() =>
            waves(
                new Map([
                    ["a", ["b"]],
                    ["b", ["a"]],
                    ["c", []],
                ]),
            ),
        ).to.throw("these wait for each other: a, b");
    });

    it("is whole without a global stack where an environment has one region", () => {
        const graph = stackGraph("dev", ["dev-us", "prod-global", "prod-us"]);
        expect(graph.stacks).to.deep.equal([{ name: "dev-us", key: "us", reads: [] }]);
        for (const verb of ["up", "destroy", "preview"] as const) {
            expect(waves(waitsFor(graph, chooseStacks(graph, []), verb))).to.deep.equal([["dev-us"]]);
        }
    });
});
