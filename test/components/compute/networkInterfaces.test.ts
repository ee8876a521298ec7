import { expect } from "chai";

import { networkInterfacesOf, taskCeiling } from "../../../components/compute/networkInterfaces";

/** As EC2's DescribeInstanceTypes answers (aws/amazon-vpc-resource-controller-k8s, pkg/aws/vpc/limits.go). */
const ANSWERED: Readonly<Record<string, number>> = {
    "t4g.nano": 2,
    "t4g.micro": 2,
    "t4g.small": 3,
    "t4g.medium": 3,
    "t4g.large": 3,
    "t4g.xlarge": 4,
    "t4g.2xlarge": 4,
    "t3.small": 3,
    "t3.2xlarge": 4,
    "r7g.medium": 2,
    "r7g.large": 3,
    "r7g.xlarge": 4,
    "r7g.8xlarge": 8,
};

describe("the network interfaces of instances", () => {
    it("are as many as EC2 says", () => {
        for (const [type, interfaces] of Object.entries(ANSWERED)) {
            expect(networkInterfacesOf(type), type).to.equal(interfaces);
        }
    });

    it("are not guessed where nobody looked", () => {
        // Of these some sizes have fewer or more than their neighbours: t3a.small has 2, t2.xlarge 3, inf1.24xlarge 11.
        for (const type of [
            "t3a.small",
            "t2.xlarge",
            "inf1.24xlarge",
            "m5n.24xlarge",
            "mac2.metal",
            "large",
            "",
        ]) {
            expect(networkInterfacesOf(type), type).to.equal(undefined);
        }
    });

    it("hold a task each, but for the instance's own, and the smallest type counts", () => {
        expect(taskCeiling(1, ["t4g.small"])).to.equal(2);
        expect(taskCeiling(6, ["m7g.large"])).to.equal(12);
        expect(taskCeiling(6, ["m7g.xlarge", "m7g.medium"])).to.equal(6);
        expect(taskCeiling(0, ["m7g.large"])).to.equal(0);
    });
});
