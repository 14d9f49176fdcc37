import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';

type Metadata = { name: string; namespace: string };
type Named = { name: string };
type Key = { name: string; key: string };
type Resources = { cpu: string | number; memory: string };

/** What our clusters say, in the words of `postgresql.cnpg.io/v1`; no package has these types. */
type Cluster = {
  apiVersion: 'postgresql.cnpg.io/v1';
  kind: 'Cluster';
  metadata: Metadata;
  spec: {
    instances: number;
    imageName: string;
    primaryUpdateStrategy: 'unsupervised' | 'supervised';
    primaryUpdateMethod: 'switchover' | 'restart';
    enablePDB: boolean;
    postgresql: {
      synchronous?: {
        method: 'any' | 'first';
        number: number;
        dataDurability: 'required' | 'preferred';
        failoverQuorum: boolean;
      };
      pg_hba: string[];
      parameters: Record<string, string>;
    };
    bootstrap: {
      initdb: {
        database: string;
        owner: string;
        dataChecksums: boolean;
        encoding: string;
        localeProvider: string;
        builtinLocale: string;
      };
    };
    managed: { roles: { name: string; ensure: 'present'; login: boolean; passwordSecret: Named }[] };
    storage: { size: string; storageClass?: string };
    walStorage: { size: string; storageClass?: string };
    resources: { requests: Resources; limits: Resources };
    affinity: { enablePodAntiAffinity: boolean; podAntiAffinityType: 'required' | 'preferred'; topologyKey: string };
    plugins?: { name: string; isWALArchiver: boolean; parameters: Record<string, string> }[];
  };
};

type ScheduledBackup = {
  apiVersion: 'postgresql.cnpg.io/v1';
  kind: 'ScheduledBackup';
  metadata: Metadata;
  spec: {
    schedule: string;
    backupOwnerReference: 'none' | 'self' | 'cluster';
    cluster: Named;
    method: 'barmanObjectStore' | 'volumeSnapshot' | 'plugin';
    pluginConfiguration: Named;
  };
};

type ObjectStore = {
  apiVersion: 'barmancloud.cnpg.io/v1';
  kind: 'ObjectStore';
  metadata: Metadata;
  spec: {
    retentionPolicy: string;
    configuration: {
      destinationPath: string;
      s3Credentials: { accessKeyId: Key; secretAccessKey: Key };
      wal: { compression: 'gzip'; maxParallel: number };
      data: { compression: 'gzip' };
    };
  };
};

/** `external-secrets.io/v1`. */
type ExternalSecret = {
  apiVersion: 'external-secrets.io/v1';
  kind: 'ExternalSecret';
  metadata: Metadata;
  spec: {
    refreshInterval: string;
    secretStoreRef: { kind: 'ClusterSecretStore' | 'SecretStore'; name: string };
    target: {
      name: string;
      creationPolicy: 'Owner';
      template?: { type: string; metadata?: { labels: Record<string, string> }; data: Record<string, string> };
    };
    data?: { secretKey: string; remoteRef: { key: string; property: string } }[];
    dataFrom?: { extract: { key: string } }[];
  };
};

/** `apiVersion/kind` → what such an object may say. */
export type Kinds = {
  'v1/Namespace': INamespace;
  'v1/ServiceAccount': IServiceAccount;
  'v1/ConfigMap': IConfigMap;
  'v1/Service': IService;
  'apps/v1/Deployment': IDeployment;
  'batch/v1/Job': IJob;
  'batch/v1/CronJob': ICronJob;
  'autoscaling/v2/HorizontalPodAutoscaler': IHorizontalPodAutoscaler;
  'policy/v1/PodDisruptionBudget': IPodDisruptionBudget;
  'networking.k8s.io/v1/NetworkPolicy': INetworkPolicy;
  'cert-manager.io/v1/Certificate': ICertificate;
  'postgresql.cnpg.io/v1/Cluster': Cluster;
  'postgresql.cnpg.io/v1/ScheduledBackup': ScheduledBackup;
  'barmancloud.cnpg.io/v1/ObjectStore': ObjectStore;
  'external-secrets.io/v1/ExternalSecret': ExternalSecret;
};
