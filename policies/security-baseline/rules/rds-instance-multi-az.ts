import { flag, resourceRule } from "../../framework";
import { DB_INSTANCE, isReadReplica } from "../shared/databases";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-instance-multi-az",
    severity: "medium",
    description: "Database instances have a standby in another availability zone.",
    fix: "Set multiAz to true.",
    frameworks: {
        controls: ["39"],
        securityHub: ["RDS.5"],
        cisV5: ["2.2.4"],
        checkov: ["CKV_AWS_157"],
    },
    types: [DB_INSTANCE],
    check: ({ props }, report) => {
        // A replica is itself a second copy. Otherwise AWS's default is false.
        if (!isReadReplica(props) && flag(props.multiAz) !== true) {
            report(`has no standby: multiAz is ${shown(props.multiAz)}.`);
        }
    },
});
