/** Amazon Personalize as the workflows see it: what is made is not there at once, and what is deleted not gone at once. */
import { type Call, WorkflowError, type World } from "./stateMachine";

type Args = Readonly<Record<string, unknown>>;

/** Something that Personalize makes, and how many waits it is still busy. */
interface Thing {
    status: string;
    busy: number;
    /** What it says of itself beside its status. */
    readonly says: Record<string, unknown>;
    /** What it becomes. Gone where nothing. */
    becomes?: string;
}

/** How many waits everything takes. */
const WAITS = 2;

/** A service with what is in it. */
export class FakePersonalize implements World {
    /** Everything by its ARN. */
    readonly things = new Map<string, Thing>();
    readonly parameters = new Map<string, string>();
    /** Keys of objects in the bucket, with their sizes. */
    readonly files = new Map<string, number>();
    /** The calls, in their order. */
    readonly calls: string[] = [];
    /** Errors that the next calls of an action end with. */
    readonly refusals = new Map<string, string[]>();
    /** Trainings that come to nothing, by the solution's ARN. */
    readonly untrainable = new Set<string>();
    /** Solutions that train themselves, as CloudFormation makes them. */
    readonly automatic = new Set<string>();

    readonly wait = (): void => {
        for (const [arn, thing] of this.things) {
            thing.busy -= 1;
            if (thing.busy <= 0) {
                if (thing.becomes === undefined) {
                    this.things.delete(arn);
                } else {
                    thing.status = thing.becomes;
                }
            }
        }
    };

    readonly call: Call = (action, args) => {
        this.calls.push(action);
        const refused = this.refusals.get(action)?.shift();
        if (refused !== undefined) {
            throw new WorkflowError(refused, `${action} is refused`);
        }
        const [, name = ""] = action.split(":");
        const known = this.#actions[name];
        if (known === undefined) {
            throw new Error(`Nobody expected ${action}`);
        }
        return known(args);
    };

    readonly #actions: Readonly<Record<string, (args: Args) => unknown>> = {
        listObjectsV2: ({ Prefix: prefix }) => {
            const found = [...this.files].filter(([key]) => key.startsWith(String(prefix)));
            return found.length === 0
                ? { KeyCount: 0 }
                : { KeyCount: found.length, Contents: found.map(([Key, Size]) => ({ Key, Size })) };
        },
        putParameter: ({ Name: name, Value: value }) => {
            this.parameters.set(String(name), String(value));
            return { Version: 2 };
        },
        describeSolution: ({ SolutionArn: arn }) => ({
            Solution: { SolutionArn: arn, PerformAutoTraining: this.automatic.has(String(arn)) },
        }),
        updateSolution: ({ SolutionArn: arn }) => {
            this.automatic.delete(String(arn));
            return { SolutionArn: arn };
        },
        createDatasetImportJob: ({ JobName: name }) =>
            this.#make("dataset-import-job", name, "DatasetImportJobArn"),
        describeDatasetImportJob: ({ DatasetImportJobArn: arn }) => ({ DatasetImportJob: this.#look(arn) }),
        createFilter: ({ Name: name }) => this.#make("filter", name, "FilterArn"),
        describeFilter: ({ FilterArn: arn }) => ({ Filter: this.#look(arn) }),
        listFilters: () => ({
            Filters: [...this.things.keys()]
                .filter((arn) => arn.includes(":filter/"))
                .map((arn) => ({ FilterArn: arn })),
        }),
        deleteFilter: ({ FilterArn: arn }) => this.#delete(arn),
        createSolutionVersion: ({ SolutionArn: arn }) => {
            const version = `${String(arn)}/${this.things.size}`;
            const becomes = this.untrainable.has(String(arn)) ? "CREATE FAILED" : "ACTIVE";
            this.things.set(version, { status: "CREATE PENDING", busy: WAITS, becomes, says: {} });
            return { SolutionVersionArn: version };
        },
        describeSolutionVersion: ({ SolutionVersionArn: arn }) => ({ SolutionVersion: this.#look(arn) }),
        createCampaign: ({ Name: name, SolutionVersionArn: version }) =>
            this.#make("campaign", name, "CampaignArn", { SolutionVersionArn: version }),
        updateCampaign: ({ CampaignArn: arn, SolutionVersionArn: version }) => {
            this.#thing(arn).says["SolutionVersionArn"] = version;
            return { CampaignArn: arn };
        },
        describeCampaign: ({ CampaignArn: arn }) => ({ Campaign: this.#look(arn) }),
        deleteCampaign: ({ CampaignArn: arn }) => this.#delete(arn),
        createRecommender: ({ Name: name }) => this.#make("recommender", name, "RecommenderArn"),
        updateRecommender: ({ RecommenderArn: arn }) => {
            this.#thing(arn);
            return { RecommenderArn: arn };
        },
        describeRecommender: ({ RecommenderArn: arn }) => ({ Recommender: this.#look(arn) }),
        deleteRecommender: ({ RecommenderArn: arn }) => this.#delete(arn),
    };

    #make(kind: string, name: unknown, output: string, says: Record<string, unknown> = {}): unknown {
        const arn = `arn:aws:personalize:eu-central-1:111122223333:${kind}/${String(name)}`;
        if (this.things.has(arn)) {
            throw new WorkflowError("Personalize.ResourceAlreadyExistsException", arn);
        }
        this.things.set(arn, { status: "CREATE PENDING", busy: WAITS, becomes: "ACTIVE", says });
        return { [output]: arn };
    }

    #thing(arn: unknown): Thing {
        const thing = this.things.get(String(arn));
        if (thing === undefined) {
            throw new WorkflowError("Personalize.ResourceNotFoundException", String(arn));
        }
        return thing;
    }

    #look(arn: unknown): unknown {
        const { status, says } = this.#thing(arn);
        return { Status: status, ...says };
    }

    #delete(arn: unknown): unknown {
        const thing = this.#thing(arn);
        thing.status = "DELETE PENDING";
        thing.busy = WAITS;
        delete thing.becomes;
        // An answer without a body.
        return {};
    }
}
