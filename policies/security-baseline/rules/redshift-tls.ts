import { flag, list, object, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { shown } from "../shared/judging";

const CLUSTER = "aws:redshift/cluster:Cluster";
const GROUP = "aws:redshift/parameterGroup:ParameterGroup";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";

export const rule = resourceRule({
    id: "redshift-tls",
    severity: "high",
    description: "Redshift refuses connections without TLS.",
    fix: 'Set the parameter require_ssl to "true", and give clusters no parameter group of old, such as default.redshift-1.0.',
    frameworks: {
        controls: [],
        securityHub: ["Redshift.2", "RedshiftServerless.2"],
        checkov: ["CKV_AWS_105"],
    },
    types: [CLUSTER, GROUP, WORKGROUP],
    check: ({ type, props }, report) => {
        if (type === CLUSTER) {
            // AWS gives new clusters default.redshift-2.0, which demands TLS.
            const group = text(props.clusterParameterGroupName);
            if (group === "default.redshift-1.0") {
                report(`lets connections in without TLS: clusterParameterGroupName is ${shown(group)}.`);
            }
            return;
        }
        // New workgroups demand it, and groups of the family redshift-2.0 do.
        let demanded = type === WORKGROUP || text(props.family) !== "redshift-1.0";
        eachKnown(list(type === WORKGROUP ? props.configParameters : props.parameters), (item) => {
            const { name, value, parameterKey, parameterValue } = object(item);
            if ((text(name) ?? text(parameterKey)) === "require_ssl") {
                demanded = flag(value ?? parameterValue) === true;
            }
        });
        if (!demanded) {
            report("lets connections in without TLS: the parameter require_ssl is not true.");
        }
    },
});
