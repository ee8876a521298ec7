import { expect } from "chai";
import { stackRule, type StackRule, type StackView } from "../../policies/framework";
import { type AnalyzedResource } from "../../tools/preview/policies/resources";
import { resource } from "../support/policies/packProcesses";
import { StackCopy } from "../support/policies/mutableStack";
import { PackUnderTest } from "../support/policies/packs";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const QUEUE = "aws:sqs/queue:Queue";
const PROVIDER = "pulumi:providers:aws";

const root = resource("pulumi:pulumi:Stack", "shop-dev");
const provider = resource(PROVIDER, "aws", { region: "eu-central-1" });
const data = resource(BUCKET, "data", { bucket: "data" }, { provider: provider.urn });
const logs = resource(BUCKET, "logs", { bucket: "logs" });
const policy = resource(
    POLICY,
    "policy",
    { bucket: "data", policy: "{}" },
    { dependencies: [data.urn], propertyDependencies: { bucket: [data.urn] }, parent: logs.urn },
);
const queue = resource(QUEUE, "queue", { name: "jobs" });

/** A rule that says what it sees, with how often it was asked. */
function watching(look: (stack: StackView) => unknown): { readonly rule: StackRule; asked: number } {
    const watched = {
        asked: 0,
        rule: stackRule({
            id: "watch",
            severity: "low",
            description: "Sees.",
            fix: "See.",
            frameworks: { controls: [] },
            checkStack: (stack, report) => {
                watched.asked += 1;
                report(`sees ${JSON.stringify(look(stack))}.`);
            },
        }),
    };
    return watched;
}

/** Whether a rule is asked again after a change. What it says must be what it says of a stack that it never saw. */
function isAskedAgain(look: (stack: StackView) => unknown, change: (stack: StackCopy) => void): boolean {
    const watched = watching(look);
    const runner = new PackUnderTest("test", [watched.rule]).runner();
    const origin = new StackCopy("prod-us", [root, provider, data, logs, policy, queue]);
    const copyOf = (resources: readonly AnalyzedResource[]): StackCopy =>
        new StackCopy("prod-us", resources, origin);
    runner.stack(copyOf(origin.resources));
    const stack = copyOf(origin.resources);
    change(stack);
    const before = watched.asked;
    const said = runner.stack(stack);
    const after = watched.asked;
    expect(said).to.deep.equal(runner.stack(new StackCopy("prod-us", stack.resources)));
    return after > before;
}

const buckets = (stack: StackView): unknown =>
    stack.ofType(BUCKET).map(({ name, props }) => [name, props.bucket]);
const put = (changed: AnalyzedResource) => (stack: StackCopy) => {
    stack.put(changed);
};
const rename = put({ ...data, outputs: { bucket: "other" } });

describe("a rule that has judged a stack", () => {
    const cases: readonly (readonly [
        string,
        (stack: StackView) => unknown,
        (stack: StackCopy) => void,
        boolean,
    ])[] = [
        ["nothing has changed", buckets, () => undefined, false],
        ["a property that it read", buckets, rename, true],
        ["another type's property", buckets, put({ ...queue, outputs: { name: "mail" } }), false],
        [
            "one more of a type that it went through",
            buckets,
            put(resource(BUCKET, "more", { bucket: "m" })),
            true,
        ],
        ["one more of another type", buckets, put(resource(QUEUE, "more")), false],
        [
            "one fewer of a type that it went through",
            buckets,
            (stack) => {
                stack.remove(logs);
            },
            true,
        ],
        ["the inputs alone", buckets, put({ ...data, inputs: { bucket: "other" } }), true],
        [
            "the first one of a type that it asked for",
            (stack) => stack.has(["aws:sns/topic:Topic"]),
            put(resource("aws:sns/topic:Topic", "alarms")),
            true,
        ],
        [
            "one more, where it went through all",
            (stack) => stack.resources.length,
            put(resource(QUEUE, "more")),
            true,
        ],
        [
            "a property of one, where it counted all",
            (stack) => stack.resources.length,
            put({ ...queue, outputs: { name: "mail" } }),
            false,
        ],
        [
            "a provider's property that it read",
            (stack) => stack.ofType(BUCKET).map((each) => each.provider?.props.region),
            put({ ...provider, inputs: { region: "us-east-1" }, outputs: { region: "us-east-1" } }),
            true,
        ],
        [
            "what a property depends on",
            (stack) =>
                stack.ofType(POLICY).map((each) => each.propertyDependencies.bucket?.[0]?.props.bucket),
            rename,
            true,
        ],
        [
            "what a resource depends on",
            (stack) => stack.ofType(POLICY).map((each) => each.dependencies[0]?.props.bucket),
            rename,
            true,
        ],
        [
            "a parent",
            (stack) => stack.ofType(POLICY).map((each) => each.parent?.props.bucket),
            put({ ...logs, outputs: { bucket: "other" } }),
            true,
        ],
        [
            "what it found by an identifier",
            (stack) =>
                stack
                    .ofType(POLICY)
                    .map((each) => stack.referencesOf(each, "bucket", BUCKET).map(({ name }) => name)),
            (stack) => {
                stack.put({ ...policy, propertyDependencies: {} });
                stack.put({ ...data, outputs: { bucket: "other" } });
            },
            true,
        ],
        [
            "what refers to what it looks at",
            (stack) =>
                stack
                    .ofType(BUCKET)
                    .map((each) => stack.referrersOf(each, POLICY, "bucket").map(({ name }) => name)),
            put({ ...policy, propertyDependencies: {}, outputs: { bucket: "none" } }),
            true,
        ],
        ["what it worked out once for all rules", (stack) => stack.once(buckets), rename, true],
    ];
    for (const [title, look, change, again] of cases) {
        it(`judges ${again ? "again" : "nothing again"} after a change of: ${title}`, () => {
            expect(isAskedAgain(look, change)).to.equal(again);
        });
    }

    it("is asked again where it is configured", () => {
        const watched = watching(buckets);
        const runner = new PackUnderTest("test", [watched.rule]).runner({
            watch: { unknowns: "fail-closed" },
        });
        const origin = new StackCopy("prod-us", [data]);
        runner.stack(new StackCopy("prod-us", origin.resources, origin));
        runner.stack(new StackCopy("prod-us", origin.resources, origin));
        expect(watched.asked).to.equal(2);
    });
});
