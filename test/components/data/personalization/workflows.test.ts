import { expect } from "chai";
import {
    Personalization,
    type PersonalizationArgs,
    RecommendationDomain,
    RecommendationUse,
} from "../../../../components/data/personalization/personalization";
import { FakePersonalize } from "../../../support/components/fakePersonalize";
import { execute, type Machine, problemsOf, WorkflowError } from "../../../support/components/stateMachine";
import { json, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount, statements } from "../../../support/surroundings";

const MACHINE = "aws:sfn/stateMachine:StateMachine";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ALL = Object.values(RecommendationUse);
const { SimilarItems, SearchRanking, ForUser } = RecommendationUse;

/** The workflows of a component, and the ARNs of its solutions. */
async function workflows(changes: Partial<PersonalizationArgs> = {}) {
    const preview = await previewProgram(() => {
        new Personalization(
            "likes",
            { region: TEST_REGION, accountId: TEST_ACCOUNT, ...changes },
            inTestAccount(),
        );
    });
    const definition = (name: string): Machine =>
        json(one(preview, MACHINE, `likes-${name}`).inputs.definition) as Machine;
    const solution = (use: RecommendationUse): string =>
        String(one(preview, "aws-native:personalize:Solution", `likes-${use}`).outputs.solutionArn);
    return { preview, training: definition("training"), removal: definition("removal"), solution };
}

const arnOf = (kind: string, name: string): string =>
    `arn:aws:personalize:${TEST_REGION}:${TEST_ACCOUNT}:${kind}/likes-${name}`;

/** The parameters by their use. */
function published(service: FakePersonalize): Record<string, string> {
    return Object.fromEntries(
        [...service.parameters].map(([name, value]) => [name.replace("/likes/", ""), value]),
    );
}

const NOTHING = { [SimilarItems]: "none", [SearchRanking]: "none", [ForUser]: "none" };

describe("the workflows of Personalization", () => {
    for (const [title, changes] of Object.entries<Partial<PersonalizationArgs>>({
        "with nothing served": {},
        "with everything served": { servedUses: ALL },
        "with one use and no filter": { uses: [ForUser], servedUses: [ForUser], filters: [] },
        "of a shop's group": { domain: RecommendationDomain.Ecommerce, servedUses: [SearchRanking, ForUser] },
    })) {
        it(`lead somewhere from everywhere, in JSONata, ${title}`, async () => {
            const { training, removal } = await workflows(changes);
            expect(problemsOf(training)).to.deep.equal([]);
            expect(problemsOf(removal)).to.deep.equal([]);
        });

        it(`call what their roles allow, and no more, ${title}`, async () => {
            const { preview, training, removal } = await workflows(changes);
            for (const [name, machine] of Object.entries({ training, removal })) {
                const allowed = Object.values(statements(one(preview, POLICY, `likes-${name}-policy`)))
                    .flatMap(({ Action: action }) => action as string | string[])
                    .filter((action) => /^(?:personalize|s3|ssm|iam):/.test(action));
                const called = [...JSON.stringify(machine).matchAll(/aws-sdk:(\w+):(\w)(\w+)"/g)].map(
                    ([, service = "", first = "", rest = ""]) => `${service}:${first.toUpperCase()}${rest}`,
                );
                const needed = [
                    ...called.map((action) => (action === "s3:ListObjectsV2" ? "s3:ListBucket" : action)),
                    // Whoever hands a role to a service needs this for it.
                    ...(name === "training" ? ["iam:PassRole"] : []),
                ];
                // Who takes away looks whether it is gone, by the same statement as whoever makes.
                const shared = ["Campaign", "Recommender"].flatMap((word) => [
                    `personalize:Delete${word}`,
                    `personalize:Describe${word}`,
                ]);
                expect([...new Set(needed)], name).to.include.members(
                    allowed.filter((action) => !shared.includes(action)),
                );
                expect(allowed, name).to.include.members([...new Set(needed)]);
            }
        });
    }

    it("train every use and serve none where none is to be served", async () => {
        const { training } = await workflows();
        const service = new FakePersonalize();
        await execute(training, service);
        expect(published(service)).to.deep.equal(NOTHING);
        expect(service.calls.filter((call) => call === "personalize:createSolutionVersion")).to.have.lengthOf(
            3,
        );
        expect([...service.things.keys()].filter((arn) => arn.includes(":campaign/"))).to.deep.equal([]);
    });

    it("import what there is, and skip empty folders", async () => {
        const { training } = await workflows();
        const service = new FakePersonalize();
        service.files.set("interactions/2026.csv", 2048);
        // As the console makes a folder.
        service.files.set("items/", 0);
        await execute(training, service);
        const jobs = [...service.things.keys()].filter((arn) => arn.includes("dataset-import-job"));
        // By the run's begin in milliseconds.
        expect(jobs).to.deep.equal([
            arnOf("dataset-import-job", `interactions-${Date.UTC(2026, 10, 30, 3)}`),
        ]);
    });

    it("make campaigns, wait for them, and then say where they are", async () => {
        const { training } = await workflows({ servedUses: [SimilarItems, ForUser] });
        const service = new FakePersonalize();
        await execute(training, service);
        expect(published(service)).to.deep.equal({
            [SimilarItems]: arnOf("campaign", SimilarItems),
            [SearchRanking]: "none",
            [ForUser]: arnOf("campaign", ForUser),
        });
        expect(service.things.get(arnOf("campaign", ForUser))?.status).to.equal("ACTIVE");
    });

    it("bring a campaign up to the newest version, and take away one that is no longer served", async () => {
        const { training, solution } = await workflows({ servedUses: ALL });
        const service = new FakePersonalize();
        await execute(training, service);
        const before = service.things.get(arnOf("campaign", ForUser))?.says["SolutionVersionArn"];

        const { training: next } = await workflows({ servedUses: [ForUser] });
        await execute(next, service);

        const after = service.things.get(arnOf("campaign", ForUser))?.says["SolutionVersionArn"];
        expect(after)
            .to.be.a("string")
            .that.includes(`${solution(ForUser)}/`);
        expect(after).not.to.equal(before);
        expect(published(service)).to.deep.equal({ ...NOTHING, [ForUser]: arnOf("campaign", ForUser) });
        expect([...service.things.keys()].filter((arn) => arn.includes(":campaign/"))).to.deep.equal([
            arnOf("campaign", ForUser),
        ]);
    });

    it("serve a shop by recommenders, and its search by a campaign", async () => {
        const { training } = await workflows({ domain: RecommendationDomain.Ecommerce, servedUses: ALL });
        const service = new FakePersonalize();
        await execute(training, service);
        await execute(training, service);
        expect(published(service)).to.deep.equal({
            [SimilarItems]: arnOf("recommender", SimilarItems),
            [SearchRanking]: arnOf("campaign", SearchRanking),
            [ForUser]: arnOf("recommender", ForUser),
        });
    });

    it("stop solutions from training themselves, once", async () => {
        const { training, solution } = await workflows();
        const service = new FakePersonalize();
        service.automatic.add(solution(ForUser));
        await execute(training, service);
        await execute(training, service);
        expect([...service.automatic]).to.deep.equal([]);
        expect(service.calls.filter((call) => call === "personalize:updateSolution")).to.have.lengthOf(1);
    });

    it("serve the other uses where one cannot be trained, and fail in the end", async () => {
        const { training, solution } = await workflows({ servedUses: ALL });
        const service = new FakePersonalize();
        service.untrainable.add(solution(SimilarItems));
        const failure = await execute(training, service).then(
            () => undefined,
            (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(WorkflowError);
        expect((failure as WorkflowError).code).to.equal("UseFailed");
        expect((failure as WorkflowError).message).to.include('"Use":"similar-items"');
        expect(published(service)).to.deep.equal({
            [SearchRanking]: arnOf("campaign", SearchRanking),
            [ForUser]: arnOf("campaign", ForUser),
        });
    });

    it("fail where an import fails, before anything is trained", async () => {
        const { training } = await workflows({ servedUses: ALL });
        const service = new FakePersonalize();
        service.files.set("items/all.csv", 1);
        service.refusals.set("personalize:createDatasetImportJob", ["Personalize.InvalidInputException"]);
        const failure = await execute(training, service).then(
            () => undefined,
            (error: unknown) => error,
        );
        expect((failure as WorkflowError).code).to.equal("Personalize.InvalidInputException");
        expect(service.calls).not.to.include("personalize:createSolutionVersion");
    });

    it("try again what Personalize was too busy for, and what was being changed", async () => {
        const { training } = await workflows({ uses: [ForUser], servedUses: [ForUser] });
        const service = new FakePersonalize();
        service.refusals.set("personalize:createSolutionVersion", ["Personalize.LimitExceededException"]);
        service.refusals.set("personalize:createCampaign", [
            "Personalize.PersonalizeException",
            "Personalize.ResourceInUseException",
        ]);
        await execute(training, service);
        expect(published(service)).to.deep.equal({ [ForUser]: arnOf("campaign", ForUser) });
    });

    it("take away all that was made, and leave what was not", async () => {
        const { training, removal } = await workflows({ servedUses: [ForUser] });
        const service = new FakePersonalize();
        await execute(training, service);
        // Of an expression that was changed since.
        service.things.set(arnOf("filter", "old-00000000"), {
            status: "ACTIVE",
            busy: 99,
            becomes: "ACTIVE",
            says: {},
        });
        await execute(removal, service);
        service.wait();
        service.wait();
        expect(published(service)).to.deep.equal(NOTHING);
        const left = [...service.things.keys()].map((arn) => arn.split(":")[5]?.split("/")[0]);
        expect(left).to.deep.equal(["solution", "solution", "solution"]);
    });

    it("say that nothing serves before they take it away", async () => {
        const { training, removal } = await workflows({ uses: [ForUser], servedUses: [ForUser] });
        const service = new FakePersonalize();
        await execute(training, service);
        service.calls.length = 0;
        await execute(removal, service);
        expect(service.calls.slice(0, 2)).to.deep.equal(["ssm:putParameter", "personalize:deleteCampaign"]);
    });

    it("can be taken away twice", async () => {
        const { removal } = await workflows();
        const service = new FakePersonalize();
        await execute(removal, service);
        await execute(removal, service);
        expect(published(service)).to.deep.equal(NOTHING);
    });

    it("are found wrong by this check where they are", () => {
        expect(
            problemsOf({
                StartAt: "First",
                States: {
                    First: { Type: "Task", Resource: "x", Parameters: { "a.$": "$.b" }, Next: "Nowhere" },
                    Alone: { Type: "Pass", Output: "{% $( %}", End: true },
                },
            }),
        ).to.have.members([
            "QueryLanguage is not JSONata",
            "First leads to Nowhere, which there is not",
            "First has Parameters, which is JSONPath",
            "First has a name in JSONPath",
            "First is not tried again when AWS is too busy",
            "Alone is reached from nowhere",
            'Alone has  $( : Expected ")" before end of expression',
        ]);
    });
});
