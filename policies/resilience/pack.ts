import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { loadRules, policiesOf } from "../framework";

new PolicyPack("meridian-resilience", {
    description:
        "Disaster recovery, production safety, isolation of tiers, and what must be present in every region.",
    enforcementLevel: "mandatory",
    policies: policiesOf(loadRules(path.join(__dirname, "rules"))),
});
