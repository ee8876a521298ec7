import { object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { RESOURCE_POLICIES, typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

const LAYER = "aws:lambda/layerVersionPermission:LayerVersionPermission";
const BUS = "aws:cloudwatch/eventPermission:EventPermission";

export const rule = resourceRule({
    id: "resource-policy-public",
    severity: "critical",
    description:
        "Policies of repositories, tables, vaults, secrets, buses, logs, layers, access points and all else that has one let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the resource, or narrow the statement by a condition on account, organisation, source or VPC.",
    frameworks: {
        controls: ["65"],
        checkov: ["CKV_AWS_32", "CKV_AWS_167"],
    },
    types: [...typesOf("resource-policy-public"), LAYER, BUS],
    check: ({ type, props }, report) => {
        switch (type) {
            case LAYER:
                if (props.principal === "*" && !isGiven(props, "organizationId")) {
                    report('lets anybody use the layer: principal is "*", and organizationId is not given.');
                }
                return;
            case BUS:
                if (props.principal === "*" && text(object(props.condition).value) === undefined) {
                    report('lets anybody send events: principal is "*", and condition is not given.');
                }
                return;
        }
        const place = RESOURCE_POLICIES[type];
        if (place !== undefined) {
            // Left out, none of these lets in anybody else.
            const [first = "", second] = place.property.split(".");
            const document = second === undefined ? props[first] : object(props[first])[second];
            judgePublic(document, report, place.keys);
        }
    },
});
