import { flag, list, number, object, type Props, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { isAnywhere } from "../shared/cidr";
import { judge } from "../shared/judging";
import { hasPorts, portsWithin, type Traffic, trafficOf, trafficText } from "../shared/ports";

const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

interface Config {
    readonly ports: readonly number[];
}

/** An entry of a network ACL, whichever resource it comes from. */
interface Entry {
    readonly order: number;
    readonly action: string;
    readonly traffic: Traffic;
    readonly block: string;
}

export const rule = resourceRule<Config>({
    id: "ec2-network-acl-admin-ports",
    severity: "high",
    description: "Network ACLs let nobody in from anywhere to ports of remote administration.",
    fix: "Name the blocks of addresses that administrators come from, or deny the port in an earlier rule of the same resource.",
    frameworks: {
        controls: ["4"],
        securityHub: ["EC2.21"],
        cisV3: ["5.1"],
        cisV5: ["5.2"],
        checkov: ["CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352"],
    },
    types: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", RULE],
    config: {
        ports: {
            type: "array",
            items: { type: "integer" },
            default: [22, 3389],
            description: "The ports of remote administration.",
        },
    },
    check: ({ type, props }, report, { ports }) => {
        if (type === RULE) {
            // Left out, `egress` is false.
            if (flag(props.egress) !== true) {
                judgeEntries([props], "ruleNumber", "ruleAction", ports, report);
            }
        } else {
            judgeEntries(list(props.ingress), "ruleNo", "action", ports, report);
        }
    },
});

function judgeEntries(
    items: readonly unknown[],
    orderKey: string,
    actionKey: string,
    ports: readonly number[],
    report: (reason: string) => void,
): void {
    const entries: Entry[] = [];
    judge(
        () => {
            eachKnown(items, (item) => {
                const traffic = trafficOf(object(item).protocol, object(item).fromPort, object(item).toPort);
                if (hasPorts(traffic) && portsWithin(traffic, ports).length > 0) {
                    entries.push(...entriesOf(object(item), traffic, orderKey, actionKey));
                }
            });
        },
        () => {
            for (const entry of entries.filter(({ action }) => action === "allow")) {
                const open = portsWithin(entry.traffic, ports).filter(
                    (port) => !isDenied(port, entry, entries),
                );
                if (open.length > 0) {
                    report(
                        `lets ${entry.block} in on ${trafficText(entry.traffic)} (rule ${entry.order}), with port ${open.join(" and ")}.`,
                    );
                }
            }
        },
    );
}

/** The entry once for each block that stands for the whole internet. */
function entriesOf(props: Props, traffic: Traffic, orderKey: string, actionKey: string): readonly Entry[] {
    const order = number(props[orderKey]) ?? 0;
    const action = (text(props[actionKey]) ?? "").toLowerCase();
    return [text(props.cidrBlock), text(props.ipv6CidrBlock)]
        .filter((block) => block !== undefined)
        .filter(isAnywhere)
        .map((block) => ({ order, action, traffic, block }));
}

/** Whether an entry that is looked at earlier turns the same traffic away. */
function isDenied(port: number, entry: Entry, entries: readonly Entry[]): boolean {
    return entries.some(
        ({ order, action, traffic, block }) =>
            action === "deny" &&
            order < entry.order &&
            block === entry.block &&
            (traffic.protocol === "all" || traffic.protocol === entry.traffic.protocol) &&
            portsWithin(traffic, [port]).length > 0,
    );
}
