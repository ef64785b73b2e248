/** The words of the family page and of the modules it shows. */
import assessments from '../../domain/assessments/en.yaml?family';
import materials from '../../domain/assessments/materials/en.yaml?family';
import scale from '../../domain/assessments/scale/en.yaml?family';
import claims from '../../domain/claims/en.yaml?family';
import plans from '../../domain/plans/en.yaml?family';
import workers from '../../domain/workers/en.yaml?family';
import light from '../light/en.yaml';
import papers from '../ui/papers/en.yaml';
import family from './en.yaml';

export default { light, family, papers, assessments: { ...assessments, plain: { ...(assessments['plain'] as object), ...(scale['plain'] as object), ...(materials['plain'] as object) } }, plans, workers, claims };
