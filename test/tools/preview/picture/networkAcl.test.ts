import { expect } from "chai";
import { NetworkAcls } from "../../../../tools/preview/analysis/networkAcl";
import { resource } from "../../../support/preview/resources";

const subnet = (id: string, cidrBlock: string) => resource("aws:ec2/subnet:Subnet", id, { cidrBlock });
const rule = (ruleNo: number, cidrBlock: string, fromPort: number, toPort: number, action = "allow") => ({
    ruleNo,
    action,
    protocol: "tcp",
    cidrBlock,
    fromPort,
    toPort,
});
const SUBNETS = [
    subnet("subnet-api", "10.0.1.0/24"),
    subnet("subnet-data", "10.0.2.0/24"),
    subnet("subnet-free", "10.0.3.0/24"),
];

function acls(ingress: object[], egress: object[]): NetworkAcls {
    const acl = resource("aws:ec2/networkAcl:NetworkAcl", "acl-data", {
        subnetIds: ["subnet-data"],
        ingress,
        egress,
    });
    return new NetworkAcls([...SUBNETS, acl]);
}

const PORT = [5432, 5432] as const;

// Source of the beliefs: Amazon VPC User Guide, "Network ACL rules": the lowest number first, and no state.
describe("network ACLs", () => {
    const answers = [rule(100, "10.0.1.0/24", 1024, 65_535)];

    it("let through what a rule allows in, where another one lets the answer out", () => {
        const both = acls([rule(100, "10.0.1.0/24", 5432, 5432)], answers);
        expect(both.lets("subnet-api", "subnet-data", PORT)).to.equal(true);
        expect(both.lets("subnet-free", "subnet-data", PORT)).to.equal(false);
        expect(both.lets("subnet-api", "subnet-data", [22, 22])).to.equal(false);
        expect(
            acls([rule(100, "10.0.1.0/24", 5432, 5432)], []).lets("subnet-api", "subnet-data", PORT),
        ).to.equal(false);
    });

    it("are read by their numbers: a denial before the permission wins, one after it does not", () => {
        const all = rule(100, "0.0.0.0/0", 0, 65_535);
        const out = [rule(1, "0.0.0.0/0", 1024, 65_535)];
        const before = acls([rule(50, "10.0.1.0/24", 5432, 5432, "deny"), all], out);
        const after = acls([all, rule(150, "10.0.1.0/24", 5432, 5432, "deny")], out);
        expect(before.lets("subnet-api", "subnet-data", PORT)).to.equal(false);
        expect(before.lets("subnet-free", "subnet-data", PORT)).to.equal(true);
        expect(after.lets("subnet-api", "subnet-data", PORT)).to.equal(true);
        // A denial of a part leaves the rest.
        const part = acls([rule(50, "10.0.1.0/25", 5432, 5432, "deny"), all], out);
        expect(part.lets("subnet-api", "subnet-data", PORT)).to.equal(true);
    });

    it("let all through where a subnet has none of its own, and stand between subnets alone", () => {
        const none = acls([], []);
        expect(none.lets("subnet-api", "subnet-free", PORT)).to.equal(true);
        expect(none.lets("subnet-data", "subnet-data", PORT)).to.equal(true);
        expect(none.lets(undefined, "subnet-data", PORT)).to.equal(false);
        expect(none.lets("subnet-data", undefined, PORT)).to.equal(false);
    });

    it("may have their rules and subnets in resources of their own", () => {
        const apart = new NetworkAcls([
            ...SUBNETS,
            resource("aws:ec2/networkAcl:NetworkAcl", "acl-data", {}),
            resource("aws:ec2/networkAclAssociation:NetworkAclAssociation", "a", {
                networkAclId: "acl-data",
                subnetId: "subnet-data",
            }),
            resource("aws:ec2/networkAclRule:NetworkAclRule", "in", {
                networkAclId: "acl-data",
                egress: false,
                ruleNumber: 100,
                ruleAction: "allow",
                protocol: "-1",
                cidrBlock: "10.0.1.0/24",
            }),
            resource("aws:ec2/networkAclRule:NetworkAclRule", "out", {
                networkAclId: "acl-data",
                egress: true,
                ruleNumber: 100,
                ruleAction: "allow",
                protocol: "tcp",
                cidrBlock: "10.0.1.0/24",
                fromPort: 1024,
                toPort: 65_535,
            }),
        ]);
        expect(apart.lets("subnet-api", "subnet-data", PORT)).to.equal(true);
        expect(apart.lets("subnet-free", "subnet-data", PORT)).to.equal(false);
    });
});
