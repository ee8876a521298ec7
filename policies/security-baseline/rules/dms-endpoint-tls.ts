import { object, resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

/** Engines that speak TLS whatever the endpoint says. */
const ALWAYS_TLS = [
    "dynamodb",
    "elasticsearch",
    "kinesis",
    "neptune",
    "opensearch",
    "redshift",
    "redshift-serverless",
    "s3",
];

export const rule = resourceRule({
    id: "dms-endpoint-tls",
    severity: "high",
    description: "DMS talks to databases over TLS.",
    fix: 'Set sslMode to "require" or stricter, redisSettings.sslSecurityProtocol to "ssl-encryption" and kafkaSettings.securityProtocol to a protocol with SSL.',
    frameworks: { controls: [], securityHub: ["DMS.9", "DMS.12"] },
    types: ["aws:dms/endpoint:Endpoint"],
    check: ({ props }, report) => {
        const engine = (text(props.engineName) ?? "").toLowerCase();
        if (ALWAYS_TLS.includes(engine)) {
            return;
        }
        switch (engine) {
            case "redis": {
                // AWS's default is ssl-encryption.
                const { sslSecurityProtocol } = object(props.redisSettings);
                if (text(sslSecurityProtocol) === "plaintext") {
                    report('talks in plain: redisSettings.sslSecurityProtocol is "plaintext".');
                }
                return;
            }
            case "kafka": {
                const { securityProtocol } = object(props.kafkaSettings);
                if (!/ssl/.test(text(securityProtocol) ?? "")) {
                    report(`talks in plain: kafkaSettings.securityProtocol is ${shown(securityProtocol)}.`);
                }
                return;
            }
            default: {
                // AWS's default is none.
                const { sslMode } = props;
                if ((text(sslMode) ?? "none") === "none") {
                    report(`talks in plain: sslMode is ${shown(sslMode)}.`);
                }
            }
        }
    },
});
