import { flag, resourceRule } from "../../framework";
import { DB_INSTANCE, isReadReplica } from "../shared/databases";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-instance-encryption",
    severity: "high",
    description: "The storage of database instances is encrypted.",
    fix: "Set storageEncrypted to true; an existing instance has to be restored from an encrypted copy of a snapshot.",
    frameworks: {
        controls: ["36"],
        securityHub: ["RDS.3"],
        cisV3: ["2.3.1"],
        cisV5: ["2.2.1"],
        checkov: ["CKV_AWS_16"],
    },
    types: [DB_INSTANCE],
    check: ({ props }, report) => {
        // A replica is encrypted as what it copies. Otherwise AWS's default is false.
        if (!isReadReplica(props) && flag(props.storageEncrypted) !== true) {
            report(`is not encrypted: storageEncrypted is ${shown(props.storageEncrypted)}.`);
        }
    },
});
