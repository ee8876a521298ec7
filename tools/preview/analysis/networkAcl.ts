/** What network ACLs let through between subnets. They keep no state: the answer needs a rule of its own. */
import { type Block, blockOf, contains, overlaps } from "../../../policies/framework/blocks";
import { isRecord } from "../values";
import { type AnalyzedResource, listIn } from "./resource";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const ASSOCIATION = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Ports that answers go to. Source: Amazon VPC User Guide, "Ephemeral ports". */
const EPHEMERAL: Ports = [1024, 65_535];

/** From the first port to the last one. */
export type Ports = readonly [from: number, to: number];

interface AclRule {
    readonly number: number;
    readonly egress: boolean;
    readonly allow: boolean;
    readonly block: Block;
    readonly ports: Ports;
}

const ANYWHERE: Block = { first: 0, last: 2 ** 32 - 1, bits: 0 };

/** The network ACLs of a stack, by the subnets that have them. */
export class NetworkAcls {
    readonly #rules = new Map<string, AclRule[]>();
    readonly #aclOf = new Map<string, string>();
    readonly #blocks = new Map<string, Block>();

    constructor(resources: readonly AnalyzedResource[]) {
        for (const { type, id, inputs } of resources) {
            if (type === ACL) {
                const listed = (property: string): readonly unknown[] => listIn(inputs[property]);
                const of = (direction: "egress" | "ingress") =>
                    listed(direction).flatMap((rule) =>
                        isRecord(rule) ? ruleOf(rule, direction === "egress") : [],
                    );
                this.#add(id, [...of("ingress"), ...of("egress")]);
                listed("subnetIds").forEach((subnet) => this.#aclOf.set(String(subnet), id));
            } else if (type === RULE) {
                this.#add(String(inputs["networkAclId"]), ruleOf(inputs, inputs["egress"] === true));
            } else if (type === ASSOCIATION) {
                this.#aclOf.set(String(inputs["subnetId"]), String(inputs["networkAclId"]));
            } else if (type === SUBNET) {
                const block = blockOf(String(inputs["cidrBlock"]));
                if (block !== undefined) {
                    this.#blocks.set(id, block);
                }
            }
        }
    }

    /**
     * Whether a connection gets from one subnet into another one, and the answer back. A subnet that is not given
     * is anywhere outside; one without an ACL of its own has the network's default one, which lets all through.
     */
    lets(from: string | undefined, to: string | undefined, ports: Ports): boolean {
        if (from !== undefined && from === to) {
            // An ACL stands between subnets.
            return true;
        }
        return (
            this.#passes(from, true, to, ports) &&
            this.#passes(to, false, from, ports) &&
            this.#passes(to, true, from, EPHEMERAL) &&
            this.#passes(from, false, to, EPHEMERAL)
        );
    }

    #add(acl: string, rules: readonly AclRule[]): void {
        const all = [...(this.#rules.get(acl) ?? []), ...rules];
        this.#rules.set(
            acl,
            all.sort((one, other) => one.number - other.number),
        );
    }

    #passes(subnet: string | undefined, egress: boolean, other: string | undefined, ports: Ports): boolean {
        const acl = subnet === undefined ? undefined : this.#aclOf.get(subnet);
        if (acl === undefined) {
            return true;
        }
        const block = other === undefined ? ANYWHERE : (this.#blocks.get(other) ?? ANYWHERE);
        // The first rule that is about all of it decides; one about a part decides of that part alone.
        for (const rule of this.#rules.get(acl) ?? []) {
            const touches =
                overlaps(rule.block, block) && rule.ports[0] <= ports[1] && ports[0] <= rule.ports[1];
            if (rule.egress !== egress || !touches) {
                continue;
            }
            if (rule.allow) {
                return true;
            }
            if (contains(rule.block, block) && rule.ports[0] <= ports[0] && ports[1] <= rule.ports[1]) {
                return false;
            }
        }
        return false;
    }
}

function ruleOf(rule: Readonly<Record<string, unknown>>, egress: boolean): AclRule[] {
    const block = blockOf(String(rule["cidrBlock"]));
    const protocol = String(rule["protocol"]);
    const all = protocol === "-1" || protocol === "all";
    if (block === undefined || !(all || protocol === "tcp" || protocol === "6")) {
        return [];
    }
    return [
        {
            // A rule in a resource of its own calls it ruleNumber.
            number: Number(rule["ruleNo"] ?? rule["ruleNumber"]),
            egress,
            allow: String(rule["action"] ?? rule["ruleAction"]) === "allow",
            block,
            ports: all ? [0, 65_535] : [Number(rule["fromPort"]), Number(rule["toPort"])],
        },
    ];
}
