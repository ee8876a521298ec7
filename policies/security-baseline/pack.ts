import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { loadRules, policiesOf } from "../framework";

new PolicyPack("meridian-security-baseline", {
    description:
        "Encryption, exposure, identity, logging and detection: the controls of AWS Security Hub and the CIS benchmark for the types that a shop on AWS is made of.",
    enforcementLevel: "mandatory",
    policies: policiesOf(loadRules(path.join(__dirname, "rules"))),
});
