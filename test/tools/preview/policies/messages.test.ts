import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { analyzeRequest, analyzeStackRequest, seconds } from "../../../../tools/preview/policies/messages";
import { type AnalyzedResource } from "../../../../tools/preview/policies/resources";
import { OWNER, PROVIDER, resource, stackOf, thing } from "../../../support/policies/packProcesses";

/** Everything that a resource can have. */
const EVERYTHING = resource(
    "test:index:Thing",
    "everything",
    { text: "ä€😀", list: [1, [true, null]], none: null, empty: {}, left: undefined },
    {
        outputs: { text: "x".repeat(70_000) },
        parent: OWNER.urn,
        provider: PROVIDER.urn,
        options: {
            protect: true,
            ignoreChanges: ["a", "b"],
            additionalSecretOutputs: ["c"],
            aliases: ["urn:pulumi:dev::shop::t::old", "urn:pulumi:dev::shop::t::older"],
            deleteBeforeReplace: false,
            customTimeouts: { create: "1h30m", update: "90s", delete: "1m0.5s" },
        },
        dependencies: [OWNER.urn, PROVIDER.urn],
        propertyDependencies: { text: [OWNER.urn, PROVIDER.urn], list: [OWNER.urn], empty: [] },
    },
);

const STACK = stackOf([
    EVERYTHING,
    thing("plain"),
    thing(
        "replaced",
        {},
        {
            options: {
                protect: false,
                ignoreChanges: [],
                additionalSecretOutputs: [],
                aliases: [],
                deleteBeforeReplace: true,
            },
        },
    ),
]);
const find = (urn: string): AnalyzedResource | undefined => STACK.find(urn);

/** What both kinds of messages say. */
interface Message {
    getType(): string;
    getUrn(): string;
    getName(): string;
    getProperties(): { toJavaScript(): unknown } | undefined;
    getOptions(): analyzer.AnalyzerResourceOptions | undefined;
    getProvider():
        | {
              getType(): string;
              getUrn(): string;
              getName(): string;
              getProperties(): { toJavaScript(): unknown } | undefined;
          }
        | undefined;
}

function said(message: Message): object {
    const options = message.getOptions();
    const timeouts = options?.getCustomtimeouts();
    const provider = message.getProvider();
    return {
        type: message.getType(),
        urn: message.getUrn(),
        name: message.getName(),
        properties: message.getProperties()?.toJavaScript(),
        protect: options?.getProtect(),
        ignoreChanges: options?.getIgnorechangesList(),
        secrets: options?.getAdditionalsecretoutputsList(),
        aliases: options?.getAliasesList(),
        replace: [options?.getDeletebeforereplacedefined(), options?.getDeletebeforereplace()],
        parent: options?.getParent(),
        timeouts: [timeouts?.getCreate(), timeouts?.getUpdate(), timeouts?.getDelete()],
        provider: [
            provider?.getType(),
            provider?.getUrn(),
            provider?.getName(),
            provider?.getProperties()?.toJavaScript(),
        ],
    };
}

interface StackMessage extends Message {
    getParent(): string;
    getDependenciesList(): string[];
    getPropertydependenciesMap(): { entries(): unknown };
}

function saidOfStack(message: StackMessage): object {
    const entries = message.getPropertydependenciesMap().entries() as Iterable<
        [string, { getUrnsList(): string[] }]
    >;
    return {
        ...said(message),
        parent: message.getParent(),
        dependencies: message.getDependenciesList(),
        byProperty: Object.fromEntries([...entries].map(([name, urns]) => [name, urns.getUrnsList()])),
    };
}

describe("messages of the analyzer protocol", () => {
    it("refuse what is no property", () => {
        const wrong = resource("test:index:Thing", "wrong", { size: 1n });
        expect(() => analyzeRequest(wrong, find)).to.throw(TypeError, "BigInt");
    });

    for (const each of [EVERYTHING, PROVIDER, thing("plain")]) {
        it(`ask about ${each.name} as the engine would`, () => {
            const bytes = analyzeRequest(each, find);
            const message = analyzer.AnalyzeRequest.deserializeBinary(bytes);
            const { options, provider } = each;
            expect(said(message)).to.deep.equal({
                type: each.type,
                urn: each.urn,
                name: each.name,
                properties: JSON.parse(JSON.stringify(each.inputs)) as unknown,
                protect: options.protect,
                ignoreChanges: options.ignoreChanges,
                secrets: options.additionalSecretOutputs,
                aliases: options.aliases,
                replace: [options.deleteBeforeReplace !== undefined, false],
                parent: each.parent ?? "",
                timeouts: options.customTimeouts === undefined ? [0, 0, 0] : [5400, 90, 60.5],
                provider:
                    provider === undefined
                        ? [undefined, undefined, undefined, undefined]
                        : [PROVIDER.type, PROVIDER.urn, PROVIDER.name, PROVIDER.inputs],
            });
        });
    }

    it("tell of a stack with all relations", () => {
        const bytes = analyzeStackRequest(STACK.resources, find);
        const messages = analyzer.AnalyzeStackRequest.deserializeBinary(bytes).getResourcesList();
        expect(messages.map((message) => message.getUrn())).to.deep.equal(
            STACK.resources.map(({ urn }) => urn),
        );
        const everything = saidOfStack(messages[2] as unknown as StackMessage);
        expect(everything).to.deep.include({
            properties: EVERYTHING.outputs,
            parent: OWNER.urn,
            dependencies: [OWNER.urn, PROVIDER.urn],
            byProperty: { text: [OWNER.urn, PROVIDER.urn], list: [OWNER.urn] },
        });
    });

    it("turn durations into seconds", () => {
        expect(["", "10s", "1h1m1s", "2m30s", "1.5h", "250ms"].map(seconds)).to.deep.equal([
            0, 10, 3661, 150, 5400, 0.25,
        ]);
    });
});
