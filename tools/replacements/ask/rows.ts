/** Makes of the provider's answers and its schema what is known of the types of @pulumi/aws. */
import { type AskedVerdicts } from "../../preview/against/replacementTable";
import { type DeclaredType } from "../providerDocs";
import { type Answer, firstOf } from "./ask";
import { propertyNames } from "./names";
import { type Shape } from "./shape";

/** Tags are always updated in place. */
const TAGS = ["tags", "tagsAll"];

/** Of the region a row of all types tells; only newer versions of the provider have it in each. */
const REGION = "region";

/** Sets lie in sets; below this none was ever compared. */
const DEPTH = 4;

/** What the answer says of each input of a type. */
export function verdictsOf(
    declared: DeclaredType,
    name: string,
    shape: Shape,
    answer: Answer,
): AskedVerdicts {
    const ways = new Ways(declared, name, shape);
    const replaces = new Set(
        answer.replaces
            .flatMap((path) => ways.own(path.split(".")) ?? [])
            .filter((path) => !TAGS.includes(firstOf(path))),
    );
    const told = new Set([
        ...[...replaces].map(firstOf),
        ...answer.changes.flatMap((property) => ways.own([property]) ?? []),
        ...TAGS,
        REGION,
    ]);
    return {
        see: name,
        replaces: [...replaces].sort(),
        untold: declared.inputs.filter((input) => !told.has(input)).sort(),
    };
}

/** The inputs that are sets by the provider's schema, or their paths with dots. */
export function setsOf(declared: DeclaredType, name: string, shape: Shape): string[] {
    const ways = new Ways(declared, name, shape);
    const found: string[] = [];
    const visit = (level: Shape, path: readonly string[]): void => {
        for (const [input, property] of ways.names(path, level)) {
            const inner = level.inner.get(property);
            if (inner !== undefined) {
                const own = [...path, input];
                if (inner.isSet && inner.configurable) {
                    found.push(own.join("."));
                }
                if (own.length < DEPTH) {
                    visit(inner, own);
                }
            }
        }
    };
    visit(shape, []);
    return found.sort();
}

/** The ways through a type, by the names of @pulumi/aws and by the provider's. */
class Ways {
    readonly #declared: DeclaredType;
    readonly #name: string;
    readonly #shape: Shape;
    readonly #known = new Map<string, Map<string, string>>();

    constructor(declared: DeclaredType, name: string, shape: Shape) {
        this.#declared = declared;
        this.#name = name;
        this.#shape = shape;
    }

    /** The provider's name of each input at the end of this path of inputs. */
    names(path: readonly string[], shape: Shape): Map<string, string> {
        const key = path.join(".");
        const known = this.#known.get(key) ?? propertyNames(this.#declared, this.#name, path, shape);
        this.#known.set(key, known);
        return known;
    }

    /**
     * The path of inputs for one of the provider's; it ends where the provider compares as a whole, and where
     * @pulumi/aws has no inputs any more, as in a map. Undefined where it has inputs, and not this one.
     */
    own(path: readonly string[]): string | undefined {
        const own: string[] = [];
        let level = this.#shape;
        for (const step of path) {
            const names = this.names(own, level);
            if (!level.isBlock || (names.size === 0 && own.length > 0)) {
                break;
            }
            const input = [...names].find(([, property]) => property === step)?.[0];
            const inner = level.inner.get(step);
            if (input === undefined || inner === undefined) {
                return undefined;
            }
            own.push(input);
            level = inner;
        }
        return own.join(".");
    }
}
