import { stackRule } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { isGlobal, isResourceType, placeOf } from "../../framework/places";
import { put } from "../../framework/relations";
import { type Member, type StackView } from "../../framework/stackView";
import { text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly readersTag: string;
}

const SECRET = "aws:secretsmanager/secret:Secret";

export const rule = stackRule<Config>({
    id: "secrets-replicated",
    severity: "high",
    description: "A secret that is read in several regions has a replica in each.",
    fix: "Add a replica to the secret for the region.",
    frameworks: { controls: ["P14"] },
    config: {
        readersTag: {
            type: "string",
            default: "read-in",
            description:
                "The tag that lists the regions in which a secret is read, apart by spaces. Regions are also known by replicas of the secret's key, and by what depends on the secret.",
        },
    },
    types: [SECRET],
    checkStack: (stack, report, { readersTag }) => {
        stack.each(stack.ofType(SECRET), (secret) => {
            const home = placeOf(secret);
            const has = new Set([home]);
            if (isGiven(secret.props, "replicas")) {
                eachObject(secret.props.replicas, (replica) => {
                    has.add(text(replica.region));
                });
            }
            const reported = new Set<string>();
            for (const { region, reason } of readersOf(stack, secret, readersTag)) {
                if (!has.has(region) && !reported.has(region)) {
                    reported.add(region);
                    report(`has no replica in ${region}, where ${reason}.`, secret);
                }
            }
        });
    },
});

interface Reader {
    readonly region: string;
    readonly reason: string;
}

function readersOf(stack: StackView, secret: Member, readersTag: string): readonly Reader[] {
    const tagged = (tagOf(secret, readersTag) ?? "").split(/[\s,]+/).filter((region) => region !== "");
    const keys = stack.referencesOf(secret, "kmsKeyId", "aws:kms/key:Key");
    const copies = keys.flatMap((key) =>
        stack.referrersOf(key, "aws:kms/replicaKey:ReplicaKey", "primaryKeyArn"),
    );
    const dependents = stack.once(regionalDependents).get(secret) ?? [];
    return [
        ...tagged.map((region) => ({ region, reason: `the tag ${readersTag} says that it is read` })),
        ...located(copies, (copy) => `its key has the replica "${copy.name}"`),
        ...located(dependents, (reader) => `"${reader.name}" needs it`),
    ];
}

/** What is made in a region and waits for a secret, by secret. */
function regionalDependents(stack: StackView): ReadonlyMap<Member, readonly Member[]> {
    const bySecret = new Map<Member, Member[]>();
    for (const member of stack.resources) {
        if (isResourceType(member.type) && !isGlobal(member.type)) {
            for (const secret of new Set(member.dependencies.filter(({ type }) => type === SECRET))) {
                put(bySecret, secret, member);
            }
        }
    }
    return bySecret;
}

function located(members: readonly Member[], reason: (member: Member) => string): readonly Reader[] {
    return members.flatMap((member) => {
        const region = placeOf(member);
        return region === undefined ? [] : [{ region, reason: reason(member) }];
    });
}
