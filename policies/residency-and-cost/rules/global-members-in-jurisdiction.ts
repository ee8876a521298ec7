import { type Member, type ReportStack, stackRule, type StackView } from "../../framework";
import { limitedAccountOf } from "../../framework/accounts";
import { isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { put } from "../../framework/relations";
import { object, text } from "../../framework/subject";
import {
    isRestricted,
    type ResidencyConfig,
    residencyConfig,
    strangePlace,
    territoryOf,
} from "../shared/residency";

/** Something that keeps the same data in clusters of several regions. */
interface Family {
    readonly type: string;
    readonly members: readonly string[];
    /** The property of a member that names what it is a member of. Left out: the members are named in `from`. */
    readonly joins?: string;
    /** Properties that name members, the first of them the one whose data it is. */
    readonly from: readonly string[];
}

const databases = (module: string): Family => ({
    type: `aws:${module}/globalCluster:GlobalCluster`,
    members: [`aws:${module}/cluster:Cluster`],
    joins: "globalClusterIdentifier",
    from: ["sourceDbClusterIdentifier"],
});

const DSQL = "aws:dsql/cluster:Cluster";
const FAMILIES: readonly Family[] = [
    databases("docdb"),
    databases("neptune"),
    databases("rds"),
    {
        type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
        members: ["aws:elasticache/replicationGroup:ReplicationGroup"],
        joins: "globalReplicationGroupId",
        from: ["primaryReplicationGroupId"],
    },
    {
        type: "aws:memorydb/multiRegionCluster:MultiRegionCluster",
        members: ["aws:memorydb/cluster:Cluster"],
        joins: "multiRegionClusterName",
        from: [],
    },
    { type: DSQL, members: [DSQL], from: ["multiRegionProperties"] },
    { type: "aws:dsql/clusterPeering:ClusterPeering", members: [DSQL], from: ["identifier", "clusters"] },
    {
        type: "aws:msk/replicator:Replicator",
        members: ["aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"],
        from: ["kafkaClusters"],
    },
];

/** Arguments that the first member of a global database has, and its others have not. */
const OF_FIRST = ["masterUsername", "masterPassword", "manageMasterUserPassword"];

export const rule = stackRule<ResidencyConfig>({
    id: "global-members-in-jurisdiction",
    severity: "critical",
    description:
        "Global databases, caches and replicated streams with restricted data have members within its jurisdiction alone.",
    fix: "Take the member out, or put it in a region of the jurisdiction.",
    frameworks: { controls: ["P02"] },
    config: residencyConfig,
    types: FAMILIES.flatMap(({ type, joins, members }) => [type, ...(joins === undefined ? [] : members)]),
    checkStack: (stack, report, config) => {
        for (const family of FAMILIES) {
            const joined = new Set<Member>();
            stack.each(stack.ofType(family.type), (whole) => {
                const members = membersOf(stack, family, whole);
                for (const member of members) {
                    joined.add(member);
                }
                const owners = [whole, ...ownersOf(stack, family, whole, members)];
                judge(stack, { owners, members, whole }, report, config);
            });
            for (const members of withoutWhole(stack, family, joined)) {
                judge(stack, { owners: firstsOf(members), members }, report, config);
            }
        }
    },
});

/** What keeps the same data: whose tags say where it may be, and where it is. */
interface Together {
    readonly owners: readonly Member[];
    readonly members: readonly Member[];
    readonly whole?: Member;
}

function judge(
    stack: StackView,
    { owners, members, whole }: Together,
    report: ReportStack,
    config: ResidencyConfig,
): void {
    for (const owner of new Set(owners)) {
        const territory = isRestricted(owner, config) ? territoryOf(owner, config) : "";
        if (typeof territory === "string") {
            continue;
        }
        stack.each(
            members.filter(({ urn }) => urn !== owner.urn),
            (member) => {
                const found = strangePlace(placeOf(member), territory);
                if (found !== undefined) {
                    const by =
                        whole === undefined || whole === owner ? "" : ` by ${stack.nameOf(whole, member)}`;
                    report(`holds the data of ${stack.nameOf(owner, member)}${by} in ${found}.`, member);
                }
            },
        );
        const witness = whole === undefined ? undefined : witnessOf(whole);
        const strange = witness === undefined ? undefined : strangePlace(witness, territory);
        if (whole !== undefined && strange !== undefined) {
            report(`has the witness of ${stack.nameOf(owner, whole)} in ${strange}.`, whole);
        }
    }
}

/** Members that name the same whole, which is made elsewhere. */
function withoutWhole(
    stack: StackView,
    { members, joins }: Family,
    joined: ReadonlySet<Member>,
): readonly (readonly Member[])[] {
    const named = new Map<string, Member[]>();
    if (joins !== undefined) {
        stack.each(stack.ofType(...members), (member) => {
            const name =
                joined.has(member) || !isInput(member, joins) ? undefined : text(member.props[joins]);
            if (name !== undefined) {
                put(named, `${limitedAccountOf(member) ?? ""} ${name}`, member);
            }
        });
    }
    return [...named.values()].filter(({ length }) => length > 1);
}

function membersOf(stack: StackView, { members, joins, from }: Family, whole: Member): readonly Member[] {
    const joined =
        joins === undefined ? [] : members.flatMap((type) => stack.referrersOf(whole, type, joins));
    const named = from.flatMap((property) => stack.referencesOf(whole, property, ...members));
    return [...new Map([...named, ...joined].map((member) => [member.urn, member])).values()];
}

/** Whose tags say where the data may be: the first member, where it is known which one that is, else all. */
function ownersOf(
    stack: StackView,
    { members: types, from, joins }: Family,
    whole: Member,
    members: readonly Member[],
): readonly Member[] {
    const [first] = from;
    const named =
        first === undefined || joins === undefined ? [] : stack.referencesOf(whole, first, ...types);
    return named.length === 1 ? named : firstsOf(named.length > 0 ? [] : members, members);
}

/** The one member that has what only the first one has, else all. */
function firstsOf(members: readonly Member[], all = members): readonly Member[] {
    const withUser = members.filter((member) => OF_FIRST.some((property) => isInput(member, property)));
    return withUser.length === 1 ? withUser : all;
}

/** The region that keeps the journal of a DSQL cluster in several. */
function witnessOf({ type, props }: Member): string | undefined {
    return type.startsWith("aws:dsql/")
        ? text(type === DSQL ? object(props.multiRegionProperties).witnessRegion : props.witnessRegion)
        : undefined;
}
