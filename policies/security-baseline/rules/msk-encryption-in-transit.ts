import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:msk/cluster:Cluster": [
        // Serverless clusters speak TLS alone.
        {
            path: "encryptionInfo.encryptionInTransit.clientBroker",
            otherwise: "TLS",
            allowed: ["TLS"],
            wrong: "lets clients talk in plain",
        },
        {
            path: "encryptionInfo.encryptionInTransit.inCluster",
            otherwise: true,
            allowed: [true],
            wrong: "lets its brokers talk in plain",
        },
    ],
    "aws:mskconnect/connector:Connector": [
        {
            path: "kafkaClusterEncryptionInTransit.encryptionType",
            otherwise: "PLAINTEXT",
            allowed: ["TLS"],
            wrong: "talks to its cluster in plain",
        },
    ],
};

export const rule = resourceRule({
    id: "msk-encryption-in-transit",
    severity: "high",
    description: "Kafka of MSK is spoken over TLS alone: by clients, between brokers and by connectors.",
    fix: 'Leave encryptionInfo.encryptionInTransit out, or set clientBroker to "TLS" and inCluster to true; set kafkaClusterEncryptionInTransit.encryptionType of connectors to "TLS".',
    frameworks: { controls: [], securityHub: ["MSK.1", "MSK.3"], checkov: ["CKV_AWS_81"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
