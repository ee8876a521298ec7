import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";
const DOMAIN = "aws:sagemaker/domain:Domain";
const MODEL = "aws:sagemaker/model:Model";
const TRAINING = "aws:sagemaker/trainingJob:TrainingJob";
const QUALITY = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition";
const SCHEDULE = "aws:sagemaker/monitoringSchedule:MonitoringSchedule";
const PERSONALIZE = "aws-native:personalize:DatasetGroup";

const guarded = { enableNetworkIsolation: true, enableInterContainerTrafficEncryption: true };
const MODELS: readonly FixtureResource[] = [
    {
        type: NOTEBOOK,
        name: "study",
        inputs: {
            instanceType: "ml.t3.medium",
            subnetId: "subnet-0a1b2c3d4e5f60718",
            directInternetAccess: "Disabled",
            rootAccess: "Disabled",
        },
    },
    { type: DOMAIN, name: "study", inputs: { domainName: "study", appNetworkAccessType: "VpcOnly" } },
    { type: MODEL, name: "prices", inputs: { enableNetworkIsolation: true } },
    { type: TRAINING, name: "prices", inputs: { trainingJobName: "prices", ...guarded } },
    { type: QUALITY, name: "prices", inputs: { networkConfig: guarded } },
    {
        type: SCHEDULE,
        name: "prices",
        inputs: { monitoringScheduleConfig: { monitoringJobDefinition: { networkConfig: guarded } } },
    },
    {
        type: PERSONALIZE,
        name: "shop",
        inputs: { name: "shop", kmsKeyArn: KEY_ARN, roleArn: "arn:aws:iam::111122223333:role/personalize" },
    },
];
const of = (type: string, name: string) => ({ type, name, fixture: MODELS });
const notebook = of(NOTEBOOK, "study");
const JOB = "monitoringScheduleConfig.monitoringJobDefinition";
const ISOLATION = "sagemaker-network-isolation";
const TRAFFIC = "sagemaker-traffic-encryption";

export const mutants: readonly Mutant[] = [
    setting(notebook, "sagemaker-internet", "direct", "directInternetAccess", "Enabled"),
    unsetting(notebook, "sagemaker-internet", "left out", "directInternetAccess", {
        message: "directInternetAccess is not given",
    }),
    unsetting(notebook, "sagemaker-internet", "no VPC", "subnetId", {
        message: "subnetId is not given",
        decidedBy: "structure",
    }),
    unsetting(of(DOMAIN, "study"), "sagemaker-internet", "a domain", "appNetworkAccessType"),
    setting(notebook, "sagemaker-root-access", "root", "rootAccess", "Enabled"),
    unsetting(notebook, "sagemaker-root-access", "left out", "rootAccess"),
    unsetting(of(MODEL, "prices"), ISOLATION, "a model", "enableNetworkIsolation"),
    setting(of(TRAINING, "prices"), ISOLATION, "a training", "enableNetworkIsolation", false),
    setting(of(QUALITY, "prices"), ISOLATION, "a job", "networkConfig.enableNetworkIsolation", false),
    setting(
        of(SCHEDULE, "prices"),
        ISOLATION,
        "a schedule",
        `${JOB}.networkConfig.enableNetworkIsolation`,
        false,
    ),
    unsetting(of(TRAINING, "prices"), TRAFFIC, "a training", "enableInterContainerTrafficEncryption"),
    setting(
        of(QUALITY, "prices"),
        TRAFFIC,
        "a job",
        "networkConfig.enableInterContainerTrafficEncryption",
        false,
    ),
    unsetting(
        of(SCHEDULE, "prices"),
        TRAFFIC,
        "a schedule",
        `${JOB}.networkConfig.enableInterContainerTrafficEncryption`,
    ),
    unsetting(of(PERSONALIZE, "shop"), "personalize-customer-key", "left out", "kmsKeyArn", {
        decidedBy: "relations",
    }),
];

export const accepted: readonly Accepted[] = [
    ...[ISOLATION, TRAFFIC].map((rule) =>
        setting(of(SCHEDULE, "prices"), rule, "a schedule of a definition", "monitoringScheduleConfig", {
            monitoringJobDefinitionName: "prices",
            monitoringType: "DataQuality",
        }),
    ),
];
