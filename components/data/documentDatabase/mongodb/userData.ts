import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fillTemplate, quote, USER_DATA_LIMIT } from "../../../shared/shellTemplate";
import { PORT, REPLICA_SET } from "../settings";
import { hostOf, MEMBERS, METRICS_NAMESPACE } from "./names";

/** What a member's first boot is told. */
export interface BootValues {
    region: string;
    identifier: string;
    member: number;
    /** Such as `8.0` or `8.0.17`. */
    engineVersion: string;
    masterSecretArn: string;
    keyFileSecretArn: string;
    authoritySecretArn: string;
    certificateParameter: string;
    initiationParameter: string;
    logGroup: string;
}

// Where it is read on the instance the comments are left out: with them it is nearly as long as EC2 takes.
const TEMPLATE = readFileSync(join(__dirname, "boot.sh"), "utf8").replaceAll(/^ *#(?!!).*\n/gm, "");

/**
 * The script that an instance runs at its first boot.
 *
 * @throws Error when it is larger than EC2 takes.
 */
export function renderBoot(values: BootValues): string {
    const { identifier, member, engineVersion } = values;
    const others = MEMBERS.filter((number) => number !== member);
    const series = engineVersion.split(".").slice(0, 2).join(".");
    const script = fillTemplate(TEMPLATE, {
        region: quote(values.region),
        database: quote(identifier),
        member: quote(String(member)),
        hosts: [member, ...others].map((number) => quote(hostOf(identifier, number))).join(" "),
        replicaSet: quote(REPLICA_SET),
        port: quote(String(PORT)),
        series: quote(series),
        package: quote(
            engineVersion === series ? "mongodb-org-server" : `mongodb-org-server-${engineVersion}`,
        ),
        masterSecret: quote(values.masterSecretArn),
        keyFileSecret: quote(values.keyFileSecretArn),
        authoritySecret: quote(values.authoritySecretArn),
        certificateParameter: quote(values.certificateParameter),
        initiationParameter: quote(values.initiationParameter),
        logGroup: quote(values.logGroup),
        metricsNamespace: quote(METRICS_NAMESPACE),
    });
    const size = Buffer.byteLength(script);
    if (size > USER_DATA_LIMIT) {
        throw new Error(
            `The boot script of ${identifier} takes ${size} bytes; EC2 takes ${USER_DATA_LIMIT}.`,
        );
    }
    return script;
}
