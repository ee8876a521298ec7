/** What is drawn of a system's resources, and which drawn one stands for a resource that is not drawn itself. */
import { textsIn } from "../../analysis/resource";
import { put } from "../../../../policies/framework/relations";
import { textOf } from "../../render/inputs";
import { type Inventory, type Item } from "../inventory";
import { DRAWN, type DrawnType } from "../kinds";

/** An arrow between drawn resources. */
export interface Link {
    readonly from: Item | Outside;
    readonly to: Item | Outside;
    readonly kind: "traffic" | "access" | "replication" | "failover";
    readonly label: string;
    readonly detail: string;
    /** Drawn only where one of its ends is chosen. */
    readonly minor?: boolean;
}

/** Who is outside of what the stacks make. */
export interface Outside {
    readonly outside: string;
}

export const INTERNET: Outside = { outside: "internet" };

/** Types between a role and what wears it. */
const WEARERS = new Set([
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:ecs/capacityProvider:CapacityProvider",
]);

/** Queues that only keep what others could not deliver. */
const DEAD_LETTERS = /deadLetterTargetArn|deadLetterConfig|onFailure|deadLetter/;

/** The resources of a system, and who is drawn. */
export class Scene {
    readonly items: readonly Item[];
    readonly #mentions = new Map<string, Item[]>();
    readonly #drawnIn = new Map<string, Item[]>();
    readonly #standIns = new Map<string, Item | undefined>();
    readonly #deadLetters: ReadonlySet<string>;

    /** @param copies What AWS makes of a resource in another region, without a resource of its own. */
    constructor(
        readonly inventory: Inventory,
        readonly copies: readonly Item[],
    ) {
        this.items = [...inventory.items, ...copies];
        this.#deadLetters = new Set(inventory.items.flatMap(({ inputs }) => deadLettersOf(inputs)));
        for (const item of this.items) {
            for (const text of new Set(textsIn(item.inputs))) {
                if (text.length > 3 && text.length < 300) {
                    put(this.#mentions, text, item);
                }
            }
            if (this.typeOf(item) !== undefined) {
                for (const ancestor of inventory.ancestors(item)) {
                    put(this.#drawnIn, ancestor.urn, item);
                }
            }
        }
    }

    /** How a resource is drawn; undefined where it is not drawn by itself. */
    typeOf(item: Item): DrawnType | undefined {
        return item.type === "aws:sqs/queue:Queue" && this.#deadLetters.has(item.id)
            ? undefined
            : DRAWN[item.type];
    }

    /** Whose inputs have the text. */
    mentioning(text: string): readonly Item[] {
        return this.#mentions.get(text) ?? [];
    }

    /** Those that wear a role, an instance profile or a security group: what is drawn, through what is not. */
    wearersOf(names: readonly string[], visited = new Set<string>()): Item[] {
        return names
            .flatMap((name) => this.mentioning(name))
            .flatMap((item) => {
                if (visited.has(item.urn)) {
                    return [];
                }
                visited.add(item.urn);
                if (this.typeOf(item) !== undefined) {
                    return [item];
                }
                if (item.type === "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment") {
                    return this.standIn(item) ?? [];
                }
                if (WEARERS.has(item.type)) {
                    const own = [
                        item.id,
                        textOf(item.outputs["arn"]) ?? "",
                        textOf(item.outputs["name"]) ?? "",
                    ];
                    return this.wearersOf(
                        own.filter((each) => each !== ""),
                        visited,
                    );
                }
                return [];
            });
    }

    /** What is drawn for a resource: itself, or what it belongs to. */
    standIn(item: Item | undefined): Item | undefined {
        if (item === undefined || this.typeOf(item) !== undefined) {
            return item;
        }
        if (!this.#standIns.has(item.urn)) {
            // Until it is found: a circle ends here.
            this.#standIns.set(item.urn, undefined);
            this.#standIns.set(item.urn, this.#findStandIn(item));
        }
        return this.#standIns.get(item.urn);
    }

    #findStandIn(item: Item): Item | undefined {
        const { inventory } = this;
        const named = Object.values(item.state.propertyDependencies).flatMap((urns) =>
            urns.flatMap((urn) => inventory.get(urn) ?? []),
        );
        for (const ancestor of inventory.ancestors(item)) {
            const drawn = this.#drawnIn.get(ancestor.urn) ?? [];
            const near = drawn.filter(({ region }) => region === item.region);
            const among = near.length > 0 ? near : drawn;
            if (among.length > 0) {
                return named.find((each) => among.includes(each)) ?? among.toSorted(byWeight)[0];
            }
        }
        const direct = named.filter((each) => this.typeOf(each) !== undefined);
        return direct[0] ?? named.map((each) => this.standIn(each)).find((each) => each !== undefined);
    }
}

const WEIGHT: readonly DrawnType["drawn"][] = ["always", "used", "together"];
const FIRST = [
    "database",
    "service",
    "instances",
    "search",
    "table",
    "api",
    "distribution",
    "users",
    "workflow",
];

/** The one that a component is about comes first. */
function byWeight(one: Item, other: Item): number {
    const weight = ({ type }: Item): number => {
        const drawn = DRAWN[type];
        const first = FIRST.indexOf(drawn?.kind ?? "");
        return WEIGHT.indexOf(drawn?.drawn ?? "together") * 100 + (first < 0 ? FIRST.length : first);
    };
    return weight(one) - weight(other);
}

function deadLettersOf(value: unknown, within = false): string[] {
    if (typeof value === "string") {
        if (within) {
            return [value];
        }
        // A redrive policy is a text of JSON.
        return value.startsWith("{") && value.includes("deadLetterTargetArn")
            ? (/"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(value)?.slice(1) ?? [])
            : [];
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, each]) =>
              deadLettersOf(each, within || DEAD_LETTERS.test(key)),
          )
        : [];
}
