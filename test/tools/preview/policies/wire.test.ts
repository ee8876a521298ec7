import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import * as fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { analyzeRequest, analyzeStackRequest, seconds } from "../../../../tools/preview/policies/messages";
import { type AnalyzedResource } from "../../../../tools/preview/policies/resources";
import {
    readAnalyzeRequest,
    readAnalyzeStackRequest,
    SharedProviders,
} from "../../../../tools/preview/policies/wire/requests";
import { decodeStruct, encodeStruct } from "../../../../tools/preview/policies/wire/struct";
import { Writer } from "../../../../tools/preview/policies/wire/writer";
import { OWNER, PROVIDER, resource, stackOf, thing } from "./fixture";

const key = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text !== "__proto__");
const properties = fc.dictionary(
    key,
    fc.letrec((tie) => ({
        value: fc.oneof(
            { depthSize: "small" },
            fc.constant(null),
            fc.boolean(),
            fc.double({ noNaN: true }),
            fc.string({ unit: "binary", maxLength: 300 }),
            fc.array(tie("value"), { maxLength: 5 }),
            fc.dictionary(key, tie("value"), { maxKeys: 5 }),
        ),
    })).value,
);

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

/** What a message says, through the methods that the policy SDK calls. */
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
    it("carry any properties as the general library reads them", () => {
        fc.assert(
            fc.property(properties, (values) => {
                const bytes = encodeStruct(values);
                expect(Struct.deserializeBinary(bytes).toJavaScript()).to.deep.equal(values);
                expect(decodeStruct(bytes)).to.deep.equal(values);
            }),
        );
    });

    it("are read as the general library writes them", () => {
        fc.assert(
            fc.property(properties, (values) => {
                const message = Struct.fromJavaScript(values);
                expect(decodeStruct(message.serializeBinary())).to.deep.equal(values);
            }),
        );
    });

    it("leave out properties without a value, and refuse what is no property", () => {
        expect(decodeStruct(encodeStruct({ a: undefined, b: [undefined] }))).to.deep.equal({ b: [null] });
        expect(() => encodeStruct({ f: () => 1 })).to.throw(TypeError, "a property cannot be a function");
    });

    it("grow past what was reserved", () => {
        const writer = new Writer(1);
        writer.message(1, () => {
            writer.text(1, "x".repeat(1000));
            writer.message(2, () => {
                writer.texts(1, ["", "y".repeat(300)]);
            });
        });
        const bytes = writer.finish();
        // Tag and length of the whole, of the list and of its two texts, and of the long text.
        expect(bytes.length).to.equal(3 + 3 + (3 + 300) + 2 + 3 + 1000);
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
            expect(
                said(readAnalyzeRequest(bytes, new SharedProviders()) as unknown as Message),
            ).to.deep.equal(said(message));
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
        const quick = readAnalyzeStackRequest(bytes, new SharedProviders()).getResourcesList();
        expect(quick.map((message) => saidOfStack(message as unknown as StackMessage))).to.deep.equal(
            messages.map((message) => saidOfStack(message as unknown as StackMessage)),
        );
    });

    it("are read past fields that are not known yet", () => {
        const writer = new Writer();
        writer.message(99, () => {
            writer.text(1, "new");
        });
        writer.double(98, 1.5);
        writer.number(97, 1_000_000);
        writer.text(3, "urn:pulumi:dev::shop::t::x");
        const quick = readAnalyzeRequest(writer.finish(), new SharedProviders());
        expect(quick.getUrn()).to.equal("urn:pulumi:dev::shop::t::x");
    });

    it("turn durations into seconds", () => {
        expect(["", "10s", "1h1m1s", "2m30s", "1.5h", "250ms"].map(seconds)).to.deep.equal([
            0, 10, 3661, 150, 5400, 0.25,
        ]);
    });
});
