import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { loadRules, policiesOf } from "../framework";

new PolicyPack("meridian-deployability", {
    description: "What AWS or its provider rejects at update and a preview does not show.",
    enforcementLevel: "mandatory",
    policies: policiesOf(loadRules(path.join(__dirname, "rules"))),
});
