import { list, stacksRule, text, type Member, type NamedStack } from "../../framework";
import { limitedAccountOf } from "../../framework/accounts";
import { NAMED_TYPES, type NamedType, namespaceWithin } from "../../framework/namedTypes";
import { isGlobal, placeOf } from "../../framework/places";

/** Types of resources whose names need not differ, such as `aws:cloudwatch/logGroup:LogGroup`. */
interface Config {
    readonly except: readonly string[];
}

export const rule = stacksRule<Config>({
    id: "stacks-physical-names",
    severity: "high",
    description: "No two stacks give the same physical name to resources that AWS keeps in one namespace.",
    fix: "Make the stack's name or region part of the physical name, or leave the name to Pulumi.",
    frameworks: { controls: ["C10"] },
    config: {
        except: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Types, by token, whose names are not compared.",
        },
    },
    checkStacks: (stacks, report, { except }) => {
        const types = Object.keys(NAMED_TYPES).filter((type) => !except.includes(type));
        const owners = new Map<string, { resource: Member; stack: NamedStack }>();
        stacks.each(types, (resource, stack) => {
            const named = NAMED_TYPES[resource.type];
            if (named === undefined) {
                return;
            }
            for (const name of namesOf(resource, named)) {
                const { key, where } = namespaceOf(resource, named);
                const owner = owners.get(`${key} ${name}`);
                if (owner === undefined) {
                    owners.set(`${key} ${name}`, { resource, stack });
                } else if (owner.stack !== stack) {
                    report(
                        `has the ${named.property} "${name}", and so has ${owner.resource.name} of the stack ${owner.stack.name}; it must be unique ${where}.`,
                        { stack, resource },
                    );
                }
            }
        });
    },
});

function namesOf(resource: Member, { property }: NamedType): readonly string[] {
    const value = resource.props[property];
    const names = Array.isArray(value) ? list(value).map(text) : [text(value)];
    return names.filter((name) => name !== undefined && name !== "").map((name) => name?.toLowerCase() ?? "");
}

function namespaceOf(resource: Member, named: NamedType): { key: string; where: string } {
    const family = named.family ?? resource.type;
    if (named.scope === "world") {
        return { key: family, where: "in all of AWS" };
    }
    const account = limitedAccountOf(resource) ?? "";
    if (named.scope === "account" || isGlobal(resource.type)) {
        return { key: `${family} ${account}`, where: "in the account, over all regions" };
    }
    const region = placeOf(resource) ?? "";
    const kind = namespaceWithin(resource, named);
    return { key: `${family} ${account} ${region} ${kind}`, where: `in the account's region ${region}` };
}
