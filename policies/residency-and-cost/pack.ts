import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { loadRules, policiesOf } from "../framework";
import { sharedSettings } from "./shared/residency";

new PolicyPack("meridian-residency-and-cost", {
    description:
        "Where data may lie, what a stack may cost, and that region and account are always deliberate.",
    enforcementLevel: "mandatory",
    policies: policiesOf(loadRules(path.join(__dirname, "rules")), sharedSettings),
});
