import { list, object, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { shown } from "../shared/judging";

const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const INSTANCE_GROUP = "aws:rds/parameterGroup:ParameterGroup";

interface Force {
    readonly parameter: string;
    readonly default: string;
}

export const rule = resourceRule({
    id: "rds-parameter-tls",
    severity: "high",
    description: "Parameter groups make databases refuse connections without TLS.",
    fix: 'Set the parameter rds.force_ssl to "1" (PostgreSQL, SQL Server) or require_secure_transport to "ON" (MySQL, MariaDB).',
    frameworks: { controls: ["55"], securityHub: ["RDS.41", "RDS.44"], checkov: ["CKV2_AWS_69"] },
    types: [CLUSTER_GROUP, INSTANCE_GROUP],
    check: ({ type, props }, report) => {
        const family = (text(props.family) ?? "").toLowerCase();
        // Aurora has these parameters in the cluster's group alone.
        const force = type === INSTANCE_GROUP && family.startsWith("aurora") ? undefined : forceOf(family);
        if (force === undefined) {
            return;
        }
        let value = force.default;
        eachKnown(list(props.parameters), (item) => {
            const parameter = object(item);
            if (text(parameter.name) === force.parameter) {
                value = String(parameter.value);
            }
        });
        if (!["1", "on", "true"].includes(value.toLowerCase())) {
            report(`lets connections in without TLS: ${force.parameter} is ${shown(value)}.`);
        }
    },
});

/** The parameter that forces TLS in a family, with its default. */
function forceOf(family: string): Force | undefined {
    const [, aurora, major] = /^(aurora-postgresql|postgres)(\d+)/.exec(family) ?? [];
    if (aurora !== undefined) {
        // On by default from PostgreSQL 15, and from 17 with Aurora.
        const since = aurora === "postgres" ? 15 : 17;
        return { parameter: "rds.force_ssl", default: Number(major) >= since ? "1" : "0" };
    }
    if (family.startsWith("sqlserver")) {
        return { parameter: "rds.force_ssl", default: "0" };
    }
    return /^(?:aurora-mysql|mysql|mariadb)/.test(family)
        ? { parameter: "require_secure_transport", default: "OFF" }
        : undefined;
}
