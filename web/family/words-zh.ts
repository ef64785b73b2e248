/** The words of the family page and of the modules it shows. */
import assessments from '../../domain/assessments/zh.yaml?family';
import materials from '../../domain/assessments/materials/zh.yaml?family';
import scale from '../../domain/assessments/scale/zh.yaml?family';
import claims from '../../domain/claims/zh.yaml?family';
import plans from '../../domain/plans/zh.yaml?family';
import workers from '../../domain/workers/zh.yaml?family';
import light from '../light/zh.yaml';
import papers from '../ui/papers/zh.yaml';
import family from './zh.yaml';

export default { light, family, papers, assessments: { ...assessments, plain: { ...(assessments['plain'] as object), ...(scale['plain'] as object), ...(materials['plain'] as object) } }, plans, workers, claims };
